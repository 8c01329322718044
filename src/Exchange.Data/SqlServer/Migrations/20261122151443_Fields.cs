using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.SqlServer.Migrations
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
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ticket_field",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    key = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    label = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    kind = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false, collation: "Latin1_General_100_BIN2"),
                    choices = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    required = table.Column<bool>(type: "bit", nullable: false),
                    on_form = table.Column<bool>(type: "bit", nullable: false),
                    position = table.Column<int>(type: "int", nullable: false),
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
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ticket_value",
                columns: table => new
                {
                    ticket = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    field = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    text = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    sort = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticket_value", x => new { x.ticket, x.field });
                    table.ForeignKey(
                        name: "FK_ticket_value_ticket_ticket",
                        column: x => x.ticket,
                        principalTable: "ticket",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
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
