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
                name: "account_event",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    handoff = table.Column<byte[]>(type: "BLOB", nullable: true),
                    seq = table.Column<long>(type: "INTEGER", nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_event", x => new { x.account, x.number });
                });

            migrationBuilder.CreateTable(
                name: "event_counter",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_counter", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_cursor",
                columns: table => new
                {
                    handoff = table.Column<byte[]>(type: "BLOB", nullable: false),
                    own_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    placer_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    fulfiller_seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_cursor", x => x.handoff);
                });

            migrationBuilder.CreateTable(
                name: "pending_event",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pending_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rating",
                columns: table => new
                {
                    handoff = table.Column<byte[]>(type: "BLOB", nullable: false),
                    score = table.Column<int>(type: "INTEGER", nullable: false),
                    quality = table.Column<int>(type: "INTEGER", nullable: true),
                    speed = table.Column<int>(type: "INTEGER", nullable: true),
                    communication = table.Column<int>(type: "INTEGER", nullable: true),
                    rated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    first_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    reply_seq = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rating", x => x.handoff);
                    table.ForeignKey(
                        name: "FK_rating_handoff_handoff",
                        column: x => x.handoff,
                        principalTable: "handoff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rating_note",
                columns: table => new
                {
                    handoff = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rating_note", x => x.handoff);
                    table.ForeignKey(
                        name: "FK_rating_note_handoff_handoff",
                        column: x => x.handoff,
                        principalTable: "handoff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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

            migrationBuilder.InsertData(
                table: "event_counter",
                columns: new[] { "id", "last" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_timer_link",
                table: "timer",
                column: "link",
                filter: "link IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_fulfiller_ball_id",
                table: "handoff",
                columns: new[] { "fulfiller", "ball", "id" },
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_fulfiller_due_at",
                table: "handoff",
                columns: new[] { "fulfiller", "due_at" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_ball_id",
                table: "handoff",
                columns: new[] { "placer", "ball", "id" },
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_due_at",
                table: "handoff",
                columns: new[] { "placer", "due_at" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_fulfiller_offered_at",
                table: "handoff",
                columns: new[] { "placer", "fulfiller", "offered_at" });

            migrationBuilder.CreateIndex(
                name: "IX_account_event_account_handoff_seq",
                table: "account_event",
                columns: new[] { "account", "handoff", "seq" },
                unique: true,
                filter: "handoff IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_suspension_link_since",
                table: "suspension",
                columns: new[] { "link", "since" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_event");

            migrationBuilder.DropTable(
                name: "event_counter");

            migrationBuilder.DropTable(
                name: "event_cursor");

            migrationBuilder.DropTable(
                name: "pending_event");

            migrationBuilder.DropTable(
                name: "rating");

            migrationBuilder.DropTable(
                name: "rating_note");

            migrationBuilder.DropTable(
                name: "suspension");

            migrationBuilder.DropIndex(
                name: "IX_timer_link",
                table: "timer");

            migrationBuilder.DropIndex(
                name: "IX_handoff_fulfiller_ball_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_fulfiller_due_at",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_ball_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_due_at",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_fulfiller_offered_at",
                table: "handoff");

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
        }
    }
}
