using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ForgetEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_account_event_account_handoff_seq",
                table: "account_event");

            migrationBuilder.CreateTable(
                name: "event_mark",
                columns: table => new
                {
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_mark", x => x.at);
                });

            migrationBuilder.CreateTable(
                name: "forgotten_event",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forgotten_event", x => x.account);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "event_mark");

            migrationBuilder.DropTable(
                name: "forgotten_event");

            migrationBuilder.CreateIndex(
                name: "IX_account_event_account_handoff_seq",
                table: "account_event",
                columns: new[] { "account", "handoff", "seq" },
                unique: true,
                filter: "handoff IS NOT NULL");
        }
    }
}
