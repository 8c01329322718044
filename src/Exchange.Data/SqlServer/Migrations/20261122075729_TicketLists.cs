using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Exchange.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class TicketLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_api_key_account",
                table: "api_key");

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "ticket",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "waiting_for",
                table: "ticket",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.Sql(TicketListsBackfill.Tickets);

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_assignee_number",
                table: "ticket",
                columns: new[] { "account", "assignee", "number" },
                filter: "assignee IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_category_number",
                table: "ticket",
                columns: new[] { "account", "category", "number" },
                filter: "category IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_changed_at_id",
                table: "ticket",
                columns: new[] { "account", "changed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_due_at_id",
                table: "ticket",
                columns: new[] { "account", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_priority_number",
                table: "ticket",
                columns: new[] { "account", "priority", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_ticket_account_waiting_for_number",
                table: "ticket",
                columns: new[] { "account", "waiting_for", "number" },
                filter: "waiting_for IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ticket_nobody",
                table: "ticket",
                columns: new[] { "account", "number" },
                filter: "assignee IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_fulfiller_countered",
                table: "handoff",
                columns: new[] { "fulfiller", "id" },
                filter: "state = 'offered' AND ball = 1");

            migrationBuilder.CreateIndex(
                name: "IX_handoff_placer_countered",
                table: "handoff",
                columns: new[] { "placer", "id" },
                filter: "state = 'offered' AND ball = 1");

            migrationBuilder.CreateIndex(
                name: "IX_entry_retracted",
                table: "entry",
                column: "handoff",
                filter: "type = 'retracted'");

            migrationBuilder.CreateIndex(
                name: "IX_api_key_account_id",
                table: "api_key",
                columns: new[] { "account", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ticket_account_assignee_number",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_ticket_account_category_number",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_ticket_account_changed_at_id",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_ticket_account_due_at_id",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_ticket_account_priority_number",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_ticket_account_waiting_for_number",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_ticket_nobody",
                table: "ticket");

            migrationBuilder.DropIndex(
                name: "IX_handoff_fulfiller_countered",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_handoff_placer_countered",
                table: "handoff");

            migrationBuilder.DropIndex(
                name: "IX_entry_retracted",
                table: "entry");

            migrationBuilder.DropIndex(
                name: "IX_api_key_account_id",
                table: "api_key");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "ticket");

            migrationBuilder.DropColumn(
                name: "waiting_for",
                table: "ticket");

            migrationBuilder.CreateIndex(
                name: "IX_api_key_account",
                table: "api_key",
                column: "account");
        }
    }
}
