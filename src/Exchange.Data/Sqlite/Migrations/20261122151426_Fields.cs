using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ticket_field",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    choices = table.Column<string>(type: "TEXT", nullable: false),
                    required = table.Column<bool>(type: "INTEGER", nullable: false),
                    on_form = table.Column<bool>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    retired_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                    ticket = table.Column<byte[]>(type: "BLOB", nullable: false),
                    field = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    sort = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
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
