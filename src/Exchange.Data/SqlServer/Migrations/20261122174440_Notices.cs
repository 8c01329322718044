using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "mail_due",
                table: "ticket",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "requester",
                type: "nvarchar(10)",
                maxLength: 10,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<byte[]>(
                name: "by_person",
                table: "pending_event",
                type: "binary(16)",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "for_person",
                table: "pending_event",
                type: "binary(16)",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "mail_due",
                table: "customer_message",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_silent",
                table: "customer_form",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "by_person",
                table: "account_event",
                type: "binary(16)",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "for_person",
                table: "account_event",
                type: "binary(16)",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    person = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    topic = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    ticket = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    handoff = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    link = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    who = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    in_app = table.Column<bool>(type: "bit", nullable: false),
                    read_at = table.Column<long>(type: "bigint", nullable: true),
                    mail_due = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice", x => new { x.account, x.number, x.person });
                    table.ForeignKey(
                        name: "FK_notice_member_account_person",
                        columns: x => new { x.account, x.person },
                        principalTable: "member",
                        principalColumns: new[] { "account", "person" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice_cursor",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_cursor", x => x.account);
                });

            migrationBuilder.CreateTable(
                name: "notice_rule",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    person = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    in_app = table.Column<bool>(type: "bit", nullable: false),
                    mail = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_rule", x => new { x.account, x.person, x.kind });
                    table.ForeignKey(
                        name: "FK_notice_rule_member_account_person",
                        columns: x => new { x.account, x.person },
                        principalTable: "member",
                        principalColumns: new[] { "account", "person" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "over_time",
                columns: table => new
                {
                    handoff = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    due = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_over_time", x => x.handoff);
                });

            migrationBuilder.CreateTable(
                name: "sent_mail",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    recipient = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    topic = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sent_mail", x => new { x.account, x.recipient, x.at, x.topic });
                });

            migrationBuilder.CreateIndex(
                name: "IX_ticket_mail_due",
                table: "ticket",
                column: "mail_due",
                filter: "mail_due IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_customer_message_mail_due",
                table: "customer_message",
                column: "mail_due",
                filter: "mail_due IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notice_account_person_number",
                table: "notice",
                columns: new[] { "account", "person", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_notice_mail_due",
                table: "notice",
                column: "mail_due",
                filter: "mail_due IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notice_unread",
                table: "notice",
                columns: new[] { "account", "person", "ticket" },
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_sent_mail_at",
                table: "sent_mail",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notice");

            migrationBuilder.DropTable(
                name: "notice_cursor");

            migrationBuilder.DropTable(
                name: "notice_rule");

            migrationBuilder.DropTable(
                name: "over_time");

            migrationBuilder.DropTable(
                name: "sent_mail");

            migrationBuilder.DropIndex(
                name: "IX_ticket_mail_due",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_customer_message_mail_due",
                table: "customer_message");

            migrationBuilder.DropColumn(
                name: "mail_due",
                table: "ticket");

            migrationBuilder.DropColumn(
                name: "language",
                table: "requester");

            migrationBuilder.DropColumn(
                name: "by_person",
                table: "pending_event");

            migrationBuilder.DropColumn(
                name: "for_person",
                table: "pending_event");

            migrationBuilder.DropColumn(
                name: "mail_due",
                table: "customer_message");

            migrationBuilder.DropColumn(
                name: "is_silent",
                table: "customer_form");

            migrationBuilder.DropColumn(
                name: "by_person",
                table: "account_event");

            migrationBuilder.DropColumn(
                name: "for_person",
                table: "account_event");
        }
    }
}
