using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class SavedViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "saved_view",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    person = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    filter = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_view", x => x.id);
                    table.ForeignKey(
                        name: "FK_saved_view_member_account_person",
                        columns: x => new { x.account, x.person },
                        principalTable: "member",
                        principalColumns: new[] { "account", "person" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_saved_view_account_person_name",
                table: "saved_view",
                columns: new[] { "account", "person", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saved_view");
        }
    }
}
