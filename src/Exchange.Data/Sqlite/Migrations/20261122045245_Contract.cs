using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Contract : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_handoff_parent",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_bond_account_parked_at",
                table: "bond");

            migrationBuilder.AddColumn<byte[]>(
                name: "link",
                table: "timer",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "set_at",
                table: "timer",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "set_for",
                table: "timer",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "timer",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "agreed",
                table: "handoff",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ball",
                table: "handoff",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ball_since",
                table: "handoff",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "counter",
                table: "handoff",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "handoff",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "follow_up_of",
                table: "handoff",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_sealed",
                table: "handoff",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "recalled_from",
                table: "handoff",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "reopen_until",
                table: "handoff",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "rerouted_from",
                table: "handoff",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "resolved_at",
                table: "handoff",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "started_at",
                table: "handoff",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "suspension",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    link = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_suspension", x => x.id);
                    table.ForeignKey(
                        name: "FK_suspension_link_link",
                        column: x => x.link,
                        principalTable: "link",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_timer_link",
                table: "timer",
                column: "link",
                filter: "link IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_fulfiller_due_at_id",
                table: "handoff",
                columns: new[] { "fulfiller", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_fulfiller_state_id",
                table: "handoff",
                columns: new[] { "fulfiller", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_handoff_parent",
                table: "handoff",
                column: "parent",
                filter: "parent IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_due_at_id",
                table: "handoff",
                columns: new[] { "placer", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_parent",
                table: "handoff",
                columns: new[] { "placer", "parent" },
                filter: "parent IS NOT NULL AND over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_state_id",
                table: "handoff",
                columns: new[] { "placer", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_bond_account_parked_at_handoff",
                table: "bond",
                columns: new[] { "account", "parked_at", "handoff" },
                filter: "parked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_suspension_link_since",
                table: "suspension",
                columns: new[] { "link", "since" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "suspension");

            migrationBuilder.DropIndex(
                name: "IX_timer_link",
                table: "timer");

            migrationBuilder.DropIndex(
                name: "IX_handoff_fulfiller_due_at_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_fulfiller_state_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_parent",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_due_at_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_parent",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_state_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_bond_account_parked_at_handoff",
                table: "bond");

            migrationBuilder.DropColumn(
                name: "link",
                table: "timer");

            migrationBuilder.DropColumn(
                name: "set_at",
                table: "timer");

            migrationBuilder.DropColumn(
                name: "set_for",
                table: "timer");

            migrationBuilder.DropColumn(
                name: "version",
                table: "timer");

            migrationBuilder.DropColumn(
                name: "agreed",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "ball",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "ball_since",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "counter",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "follow_up_of",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "is_sealed",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "recalled_from",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "reopen_until",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "rerouted_from",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "resolved_at",
                table: "handoff");

            migrationBuilder.DropColumn(
                name: "started_at",
                table: "handoff");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_parent",
                table: "handoff",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "IX_bond_account_parked_at",
                table: "bond",
                columns: new[] { "account", "parked_at" },
                filter: "parked_at IS NOT NULL");
        }
    }
}
