using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Fields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "received",
                table: "ticket",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ticket_field",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    label = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    choices = table.Column<string>(type: "text", nullable: false),
                    required = table.Column<bool>(type: "boolean", nullable: false),
                    on_form = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    retired_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticket_field", x => x.id);
                    table.ForeignKey(
                        name: "FK_ticket_field_account_account",
                        column: x => x.account,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ticket_value",
                columns: table => new
                {
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    sort = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticket_value", x => new { x.ticket, x.field });
                    table.ForeignKey(
                        name: "FK_ticket_value_ticket_ticket",
                        column: x => x.ticket,
                        principalTable: "ticket",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ticket_field_account_key",
                table: "ticket_field",
                columns: new[] { "account", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ticket_value_account_field_sort_number",
                table: "ticket_value",
                columns: new[] { "account", "field", "sort", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ticket_field");

            migrationBuilder.DropTable(
                name: "ticket_value");

            migrationBuilder.DropColumn(
                name: "received",
                table: "ticket");
        }
    }
}
