IF OBJECT_ID(N'[__PeopleMigrations]') IS NULL
BEGIN
    CREATE TABLE [__PeopleMigrations] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___PeopleMigrations] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE TABLE [person] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(120) NOT NULL,
        [Language] nvarchar(10) NULL,
        [TimeZone] nvarchar(80) NULL,
        [UserName] nvarchar(256) NULL,
        [NormalizedUserName] nvarchar(256) NULL,
        [Email] nvarchar(256) NULL,
        [NormalizedEmail] nvarchar(256) NULL,
        [EmailConfirmed] bit NOT NULL,
        [PasswordHash] nvarchar(max) NULL,
        [SecurityStamp] nvarchar(max) NULL,
        [ConcurrencyStamp] nvarchar(max) NULL,
        [PhoneNumber] nvarchar(max) NULL,
        [PhoneNumberConfirmed] bit NOT NULL,
        [TwoFactorEnabled] bit NOT NULL,
        [LockoutEnd] bigint NULL,
        [LockoutEnabled] bit NOT NULL,
        [AccessFailedCount] int NOT NULL,
        CONSTRAINT [PK_person] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE TABLE [person_claim] (
        [Id] int NOT NULL IDENTITY,
        [UserId] uniqueidentifier NOT NULL,
        [ClaimType] nvarchar(max) NULL,
        [ClaimValue] nvarchar(max) NULL,
        CONSTRAINT [PK_person_claim] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_person_claim_person_UserId] FOREIGN KEY ([UserId]) REFERENCES [person] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE TABLE [person_login] (
        [LoginProvider] nvarchar(450) NOT NULL,
        [ProviderKey] nvarchar(450) NOT NULL,
        [ProviderDisplayName] nvarchar(max) NULL,
        [UserId] uniqueidentifier NOT NULL,
        CONSTRAINT [PK_person_login] PRIMARY KEY ([LoginProvider], [ProviderKey]),
        CONSTRAINT [FK_person_login_person_UserId] FOREIGN KEY ([UserId]) REFERENCES [person] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE TABLE [person_reset] (
        [Id] uniqueidentifier NOT NULL,
        [Person] uniqueidentifier NOT NULL,
        [Hash] varbinary(32) NOT NULL,
        [ExpiresAt] bigint NOT NULL,
        [UsedAt] bigint NULL,
        CONSTRAINT [PK_person_reset] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_person_reset_person_Person] FOREIGN KEY ([Person]) REFERENCES [person] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE TABLE [person_session] (
        [Id] uniqueidentifier NOT NULL,
        [Person] uniqueidentifier NOT NULL,
        [Agent] nvarchar(300) NOT NULL,
        [Address] nvarchar(60) NOT NULL,
        [BegunAt] bigint NOT NULL,
        [SeenAt] bigint NOT NULL,
        CONSTRAINT [PK_person_session] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_person_session_person_Person] FOREIGN KEY ([Person]) REFERENCES [person] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE TABLE [person_token] (
        [UserId] uniqueidentifier NOT NULL,
        [LoginProvider] nvarchar(450) NOT NULL,
        [Name] nvarchar(450) NOT NULL,
        [Value] nvarchar(max) NULL,
        CONSTRAINT [PK_person_token] PRIMARY KEY ([UserId], [LoginProvider], [Name]),
        CONSTRAINT [FK_person_token_person_UserId] FOREIGN KEY ([UserId]) REFERENCES [person] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE INDEX [EmailIndex] ON [person] ([NormalizedEmail]);
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [UserNameIndex] ON [person] ([NormalizedUserName]) WHERE [NormalizedUserName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE INDEX [IX_person_claim_UserId] ON [person_claim] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE INDEX [IX_person_login_UserId] ON [person_login] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE UNIQUE INDEX [IX_person_reset_Hash] ON [person_reset] ([Hash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE INDEX [IX_person_reset_Person] ON [person_reset] ([Person]);
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    CREATE INDEX [IX_person_session_Person] ON [person_session] ([Person]);
END;

IF NOT EXISTS (
    SELECT * FROM [__PeopleMigrations]
    WHERE [MigrationId] = N'20261122073945_People'
)
BEGIN
    INSERT INTO [__PeopleMigrations] ([MigrationId], [ProductVersion])
    VALUES (N'20261122073945_People', N'10.0.14');
END;

COMMIT;
GO
