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
                name: "IX_handoff_root",
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
                name: "category",
                table: "ticket",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "answerer",
                table: "terms",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "dropped",
                table: "terms",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "dropped_at",
                table: "terms",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "proposed_at",
                table: "terms",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "proposer",
                table: "terms",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "drains_until",
                table: "link",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "end_reason",
                table: "link",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "ended_by",
                table: "link",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "invited_account",
                table: "link",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "suspended_since",
                table: "link",
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

            migrationBuilder.AddColumn<long>(
                name: "first_pick",
                table: "handoff",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

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
                name: "route",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    asset = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    links = table.Column<string>(type: "TEXT", nullable: false),
                    automatic = table.Column<bool>(type: "INTEGER", nullable: false),
                    share_contact = table.Column<bool>(type: "INTEGER", nullable: false),
                    share_asset = table.Column<bool>(type: "INTEGER", nullable: false),
                    accept_within_hours = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_route", x => x.id);
                    table.ForeignKey(
                        name: "FK_route_account_account",
                        column: x => x.account,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sealed",
                columns: table => new
                {
                    handoff = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    picks = table.Column<string>(type: "TEXT", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sealed", x => x.handoff);
                    table.ForeignKey(
                        name: "FK_sealed_handoff_handoff",
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
                name: "IX_handoff_placer_fulfiller_offered_at",
                table: "handoff",
                columns: new[] { "placer", "fulfiller", "offered_at" });

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
                name: "IX_handoff_rerouted_from",
                table: "handoff",
                column: "rerouted_from",
                filter: "rerouted_from IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_root",
                table: "handoff",
                column: "root",
                filter: "parent IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_bond_account_parked_at_handoff",
                table: "bond",
                columns: new[] { "account", "parked_at", "handoff" },
                filter: "parked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_account_event_account_handoff_seq",
                table: "account_event",
                columns: new[] { "account", "handoff", "seq" },
                unique: true,
                filter: "handoff IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_route_account_id",
                table: "route",
                columns: new[] { "account", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_suspension_link_since",
                table: "suspension",
                columns: new[] { "link", "since" });

            migrationBuilder.Sql(ContractBackfill.Handoffs);
            migrationBuilder.Sql(ContractBackfill.Timers);
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
                name: "route");

            migrationBuilder.DropTable(
                name: "sealed");

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
                name: "IX_handoff_placer_fulfiller_offered_at",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_parent",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_state_id",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_rerouted_from",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_root",
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
                name: "category",
                table: "ticket");

            migrationBuilder.DropColumn(
                name: "answerer",
                table: "terms");

            migrationBuilder.DropColumn(
                name: "dropped",
                table: "terms");

            migrationBuilder.DropColumn(
                name: "dropped_at",
                table: "terms");

            migrationBuilder.DropColumn(
                name: "proposed_at",
                table: "terms");

            migrationBuilder.DropColumn(
                name: "proposer",
                table: "terms");

            migrationBuilder.DropColumn(
                name: "drains_until",
                table: "link");

            migrationBuilder.DropColumn(
                name: "end_reason",
                table: "link");

            migrationBuilder.DropColumn(
                name: "ended_by",
                table: "link");

            migrationBuilder.DropColumn(
                name: "invited_account",
                table: "link");

            migrationBuilder.DropColumn(
                name: "suspended_since",
                table: "link");

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
                name: "first_pick",
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
                name: "IX_handoff_root",
                table: "handoff",
                column: "root");

            migrationBuilder.CreateIndex(
                name: "IX_bond_account_parked_at",
                table: "bond",
                columns: new[] { "account", "parked_at" },
                filter: "parked_at IS NOT NULL");
        }
    }
}
