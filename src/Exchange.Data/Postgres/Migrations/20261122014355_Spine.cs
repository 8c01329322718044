using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Spine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    time_zone = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    desk_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "blob",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    stored_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blob", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "customer_message",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    author = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    derived_from = table.Column<Guid>(type: "uuid", nullable: true),
                    retracted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "entry",
                columns: table => new
                {
                    handoff = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    op_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    side = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    body_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry", x => new { x.handoff, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    scope = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    request = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    op_id = table.Column<Guid>(type: "uuid", nullable: false),
                    thing = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency", x => new { x.scope, x.key });
                });

            migrationBuilder.CreateTable(
                name: "note",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    author = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    derived_from = table.Column<Guid>(type: "uuid", nullable: true),
                    retracted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_note", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_item",
                columns: table => new
                {
                    handoff = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    desk = table.Column<int>(type: "integer", nullable: false),
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    author_side = table.Column<int>(type: "integer", nullable: false),
                    author_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    author_id = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    author_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    derived_from = table.Column<Guid>(type: "uuid", nullable: true),
                    retracted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_item", x => new { x.handoff, x.seq, x.desk });
                });

            migrationBuilder.CreateTable(
                name: "receipt",
                columns: table => new
                {
                    handoff = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    side = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    head = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipt", x => new { x.handoff, x.seq, x.side });
                });

            migrationBuilder.CreateTable(
                name: "ticket_word",
                columns: table => new
                {
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    word = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticket_word", x => new { x.account, x.word, x.number });
                });

            migrationBuilder.CreateTable(
                name: "timer",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    due = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timer", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "account_counter",
                columns: table => new
                {
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    tickets = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_account_counter", x => x.account);
                    table.ForeignKey(
                        name: "FK_account_counter_account_account",
                        column: x => x.account,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_key",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    prefix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    scopes = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    revoked_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_key", x => x.id);
                    table.ForeignKey(
                        name: "FK_api_key_account_account",
                        column: x => x.account,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    inviter = table.Column<Guid>(type: "uuid", nullable: false),
                    invitee = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    invite_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    active_since = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    terms_version = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    pair = table.Column<string>(type: "character varying(65)", maxLength: 65, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_link", x => x.id);
                    table.ForeignKey(
                        name: "FK_link_account_invitee",
                        column: x => x.invitee,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_link_account_inviter",
                        column: x => x.inviter,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ticket",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    priority = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    contact = table.Column<string>(type: "text", nullable: true),
                    asset = table.Column<string>(type: "text", nullable: true),
                    assignee = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    incoming = table.Column<Guid>(type: "uuid", nullable: true),
                    is_mirror = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    last_item = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticket", x => x.id);
                    table.ForeignKey(
                        name: "FK_ticket_account_account",
                        column: x => x.account,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "shared_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    handoff = table.Column<Guid>(type: "uuid", nullable: false),
                    blob = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shared_file", x => x.id);
                    table.ForeignKey(
                        name: "FK_shared_file_blob_blob",
                        column: x => x.blob,
                        principalTable: "blob",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "handoff",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    link = table.Column<Guid>(type: "uuid", nullable: false),
                    terms_version = table.Column<int>(type: "integer", nullable: false),
                    placer = table.Column<Guid>(type: "uuid", nullable: false),
                    fulfiller = table.Column<Guid>(type: "uuid", nullable: false),
                    placer_ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    placer_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    fulfiller_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true, collation: "C"),
                    parent = table.Column<Guid>(type: "uuid", nullable: true),
                    root = table.Column<Guid>(type: "uuid", nullable: false),
                    depth = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    picks = table.Column<int>(type: "integer", nullable: false),
                    accept_by = table.Column<long>(type: "bigint", nullable: true),
                    respond_by = table.Column<long>(type: "bigint", nullable: true),
                    resolve_by = table.Column<long>(type: "bigint", nullable: true),
                    eta = table.Column<long>(type: "bigint", nullable: true),
                    rework_count = table.Column<int>(type: "integer", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    offered_at = table.Column<long>(type: "bigint", nullable: false),
                    accepted_at = table.Column<long>(type: "bigint", nullable: true),
                    over_at = table.Column<long>(type: "bigint", nullable: true),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    head_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    unsettled_since = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_handoff", x => x.id);
                    table.ForeignKey(
                        name: "FK_handoff_account_fulfiller",
                        column: x => x.fulfiller,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_handoff_account_placer",
                        column: x => x.placer,
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_handoff_link_link",
                        column: x => x.link,
                        principalTable: "link",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            migrationBuilder.CreateTable(
                name: "terms",
                columns: table => new
                {
                    link = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    signed_at = table.Column<long>(type: "bigint", nullable: true),
                    terms = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_terms", x => new { x.link, x.version });
                    table.ForeignKey(
                        name: "FK_terms_link_link",
                        column: x => x.link,
                        principalTable: "link",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comment_file",
                columns: table => new
                {
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    comment = table.Column<Guid>(type: "uuid", nullable: false),
                    file = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comment_file", x => new { x.ticket, x.comment, x.file });
                    table.ForeignKey(
                        name: "FK_comment_file_ticket_ticket",
                        column: x => x.ticket,
                        principalTable: "ticket",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "desk_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    content_type = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    blob = table.Column<Guid>(type: "uuid", nullable: false),
                    audience = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    handoff = table.Column<Guid>(type: "uuid", nullable: true),
                    shared = table.Column<Guid>(type: "uuid", nullable: true),
                    came_by = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    derived_from = table.Column<Guid>(type: "uuid", nullable: true),
                    author = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_desk_file", x => x.id);
                    table.ForeignKey(
                        name: "FK_desk_file_blob_blob",
                        column: x => x.blob,
                        principalTable: "blob",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_desk_file_ticket_ticket",
                        column: x => x.ticket,
                        principalTable: "ticket",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ticket_handoff",
                columns: table => new
                {
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    handoff = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<int>(type: "integer", nullable: false),
                    partner = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true, collation: "C"),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    dealt_with = table.Column<bool>(type: "boolean", nullable: false),
                    state_seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticket_handoff", x => new { x.ticket, x.handoff });
                    table.ForeignKey(
                        name: "FK_ticket_handoff_ticket_ticket",
                        column: x => x.ticket,
                        principalTable: "ticket",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bond",
                columns: table => new
                {
                    handoff = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<int>(type: "integer", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    desk_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    ticket = table.Column<Guid>(type: "uuid", nullable: false),
                    applied_seq = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<long>(type: "bigint", nullable: true),
                    parked_at = table.Column<long>(type: "bigint", nullable: true),
                    parked_cause = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    told_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bond", x => new { x.handoff, x.side });
                    table.ForeignKey(
                        name: "FK_bond_handoff_handoff",
                        column: x => x.handoff,
                        principalTable: "handoff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateIndex(
                name: "IX_account_slug",
                table: "account",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_api_key_account",
                table: "api_key",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_api_key_prefix",
                table: "api_key",
                column: "prefix",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bond_account_parked_at",
                table: "bond",
                columns: new[] { "account", "parked_at" },
                filter: "parked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_customer_message_ticket_number",
                table: "customer_message",
                columns: new[] { "ticket", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_desk_file_blob",
                table: "desk_file",
                column: "blob");

            migrationBuilder.CreateIndex(
                name: "IX_desk_file_state",
                table: "desk_file",
                column: "state",
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "IX_desk_file_ticket_number",
                table: "desk_file",
                columns: new[] { "ticket", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_entry_op_id",
                table: "entry",
                column: "op_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_handoff_fulfiller_id",
                table: "handoff",
                columns: new[] { "fulfiller", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_handoff_link_placer_ticket",
                table: "handoff",
                columns: new[] { "link", "placer_ticket" },
                unique: true,
                filter: "over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_parent",
                table: "handoff",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_id",
                table: "handoff",
                columns: new[] { "placer", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_handoff_root",
                table: "handoff",
                column: "root");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_unsettled_since",
                table: "handoff",
                column: "unsettled_since",
                filter: "unsettled_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_at",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_link_invite_hash",
                table: "link",
                column: "invite_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_link_invitee_id",
                table: "link",
                columns: new[] { "invitee", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_link_inviter_id",
                table: "link",
                columns: new[] { "inviter", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_link_pair",
                table: "link",
                column: "pair",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_note_ticket_number",
                table: "note",
                columns: new[] { "ticket", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_partner_item_ticket_number",
                table: "partner_item",
                columns: new[] { "ticket", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_shared_file_blob",
                table: "shared_file",
                column: "blob");

            migrationBuilder.CreateIndex(
                name: "IX_shared_file_handoff",
                table: "shared_file",
                column: "handoff");

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_number",
                table: "ticket",
                columns: new[] { "account", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_status_number",
                table: "ticket",
                columns: new[] { "account", "status", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_ticket_word_account_number",
                table: "ticket_word",
                columns: new[] { "account", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_timer_due",
                table: "timer",
                column: "due");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_counter");

            migrationBuilder.DropTable(
                name: "api_key");

            migrationBuilder.DropTable(
                name: "bond");

            migrationBuilder.DropTable(
                name: "comment_file");

            migrationBuilder.DropTable(
                name: "customer_message");

            migrationBuilder.DropTable(
                name: "desk_file");

            migrationBuilder.DropTable(
                name: "entry");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "note");

            migrationBuilder.DropTable(
                name: "partner_item");

            migrationBuilder.DropTable(
                name: "receipt");

            migrationBuilder.DropTable(
                name: "shared_file");

            migrationBuilder.DropTable(
                name: "terms");

            migrationBuilder.DropTable(
                name: "ticket_handoff");

            migrationBuilder.DropTable(
                name: "ticket_word");

            migrationBuilder.DropTable(
                name: "timer");

            migrationBuilder.DropTable(
                name: "handoff");

            migrationBuilder.DropTable(
                name: "blob");

            migrationBuilder.DropTable(
                name: "ticket");

            migrationBuilder.DropTable(
                name: "link");

            migrationBuilder.DropTable(
                name: "account");
        }
    }
}
