using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Sqlite.Migrations.Internal;

namespace Exchange.Data.Sqlite;

#pragma warning disable EF1001 // The generator that UseSqlite registers; replacing it is the documented way to change its SQL.

/// <summary>Makes tables that are marked as clustered <c>WITHOUT ROWID</c>: one tree in the order of the key, instead of two.</summary>
internal sealed class SqliteClusteredTables(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        var clustered = model?.GetRelationalModel().FindTable(operation.Name, operation.Schema)?.EntityTypeMappings
            .Any(m => m.TypeBase.FindAnnotation(ExchangeDb.Clustered) is not null) == true;
        base.Generate(operation, model, builder, terminate: false);
        if (clustered)
        {
            builder.Append(" WITHOUT ROWID");
        }

        if (terminate)
        {
            builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }
    }
}
