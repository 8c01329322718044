IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [account] (
        [id] binary(16) NOT NULL,
        [slug] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [name] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [time_zone] nvarchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [desk_kind] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [created_at] bigint NOT NULL,
        CONSTRAINT [PK_account] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [blob] (
        [id] binary(16) NOT NULL,
        [sha256] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [size] bigint NOT NULL,
        [count] int NOT NULL,
        [stored_at] bigint NOT NULL,
        CONSTRAINT [PK_blob] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [customer_message] (
        [id] binary(16) NOT NULL,
        [ticket] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [author] nvarchar(max) NOT NULL,
        [at] bigint NOT NULL,
        [derived_from] binary(16) NULL,
        [retracted] bit NOT NULL,
        CONSTRAINT [PK_customer_message] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [entry] (
        [handoff] binary(16) NOT NULL,
        [seq] bigint NOT NULL,
        [op_id] binary(16) NOT NULL,
        [type] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [side] int NOT NULL,
        [bytes] varbinary(max) NOT NULL,
        [body_hash] varbinary(32) NOT NULL,
        [hash] varbinary(32) NOT NULL,
        CONSTRAINT [PK_entry] PRIMARY KEY ([handoff], [seq])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [idempotency] (
        [scope] nvarchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [key] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [request] varbinary(32) NOT NULL,
        [op_id] binary(16) NOT NULL,
        [thing] binary(16) NOT NULL,
        [at] bigint NOT NULL,
        CONSTRAINT [PK_idempotency] PRIMARY KEY ([scope], [key])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [note] (
        [id] binary(16) NOT NULL,
        [ticket] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [author] nvarchar(max) NOT NULL,
        [at] bigint NOT NULL,
        [derived_from] binary(16) NULL,
        [retracted] bit NOT NULL,
        CONSTRAINT [PK_note] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [partner_item] (
        [handoff] binary(16) NOT NULL,
        [seq] bigint NOT NULL,
        [desk] int NOT NULL,
        [ticket] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [id] binary(16) NOT NULL,
        [kind] nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [author_side] int NOT NULL,
        [author_kind] nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [author_id] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [author_name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [at] bigint NOT NULL,
        [derived_from] binary(16) NULL,
        [retracted] bit NOT NULL,
        CONSTRAINT [PK_partner_item] PRIMARY KEY ([handoff], [seq], [desk])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [receipt] (
        [handoff] binary(16) NOT NULL,
        [seq] bigint NOT NULL,
        [side] int NOT NULL,
        [state] nvarchar(20) NOT NULL,
        [reason] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [at] bigint NOT NULL,
        [head] varbinary(32) NOT NULL,
        CONSTRAINT [PK_receipt] PRIMARY KEY ([handoff], [seq], [side])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [ticket_word] (
        [account] binary(16) NOT NULL,
        [word] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [number] bigint NOT NULL,
        CONSTRAINT [PK_ticket_word] PRIMARY KEY ([account], [word], [number])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [timer] (
        [id] binary(16) NOT NULL,
        [kind] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [subject] binary(16) NOT NULL,
        [due] bigint NOT NULL,
        CONSTRAINT [PK_timer] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [account_counter] (
        [account] binary(16) NOT NULL,
        [tickets] bigint NOT NULL,
        CONSTRAINT [PK_account_counter] PRIMARY KEY ([account]),
        CONSTRAINT [FK_account_counter_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [api_key] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [name] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [prefix] nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [hash] varbinary(32) NOT NULL,
        [scopes] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [created_at] bigint NOT NULL,
        [revoked_at] bigint NULL,
        CONSTRAINT [PK_api_key] PRIMARY KEY ([id]),
        CONSTRAINT [FK_api_key_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [link] (
        [id] binary(16) NOT NULL,
        [inviter] binary(16) NOT NULL,
        [invitee] binary(16) NULL,
        [state] nvarchar(20) NOT NULL,
        [invite_hash] varbinary(32) NOT NULL,
        [expires_at] bigint NOT NULL,
        [created_at] bigint NOT NULL,
        [active_since] bigint NULL,
        [ended_at] bigint NULL,
        [terms_version] int NOT NULL,
        [version] bigint NOT NULL,
        [pair] nvarchar(65) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_link] PRIMARY KEY ([id]),
        CONSTRAINT [FK_link_account_invitee] FOREIGN KEY ([invitee]) REFERENCES [account] ([id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_link_account_inviter] FOREIGN KEY ([inviter]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [ticket] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [subject] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [description] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [status] nvarchar(20) NOT NULL,
        [priority] nvarchar(20) NOT NULL,
        [contact] nvarchar(max) NULL,
        [asset] nvarchar(max) NULL,
        [assignee] nvarchar(120) COLLATE Latin1_General_100_BIN2 NULL,
        [incoming] binary(16) NULL,
        [is_mirror] bit NOT NULL,
        [version] bigint NOT NULL,
        [created_at] bigint NOT NULL,
        [changed_at] bigint NOT NULL,
        [last_item] bigint NOT NULL,
        CONSTRAINT [PK_ticket] PRIMARY KEY ([id]),
        CONSTRAINT [FK_ticket_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [shared_file] (
        [id] binary(16) NOT NULL,
        [handoff] binary(16) NOT NULL,
        [blob] binary(16) NOT NULL,
        CONSTRAINT [PK_shared_file] PRIMARY KEY ([id]),
        CONSTRAINT [FK_shared_file_blob_blob] FOREIGN KEY ([blob]) REFERENCES [blob] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [handoff] (
        [id] binary(16) NOT NULL,
        [link] binary(16) NOT NULL,
        [terms_version] int NOT NULL,
        [placer] binary(16) NOT NULL,
        [fulfiller] binary(16) NOT NULL,
        [placer_ticket] binary(16) NOT NULL,
        [placer_number] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [fulfiller_number] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
        [parent] binary(16) NULL,
        [root] binary(16) NOT NULL,
        [depth] int NOT NULL,
        [state] nvarchar(20) NOT NULL,
        [version] bigint NOT NULL,
        [picks] int NOT NULL,
        [accept_by] bigint NULL,
        [respond_by] bigint NULL,
        [resolve_by] bigint NULL,
        [eta] bigint NULL,
        [rework_count] int NOT NULL,
        [minutes] int NOT NULL,
        [offered_at] bigint NOT NULL,
        [accepted_at] bigint NULL,
        [over_at] bigint NULL,
        [last_seq] bigint NOT NULL,
        [head_hash] varbinary(32) NOT NULL,
        [unsettled_since] bigint NULL,
        CONSTRAINT [PK_handoff] PRIMARY KEY ([id]),
        CONSTRAINT [FK_handoff_account_fulfiller] FOREIGN KEY ([fulfiller]) REFERENCES [account] ([id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_handoff_account_placer] FOREIGN KEY ([placer]) REFERENCES [account] ([id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_handoff_link_link] FOREIGN KEY ([link]) REFERENCES [link] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [terms] (
        [link] binary(16) NOT NULL,
        [version] int NOT NULL,
        [proposed_by] binary(16) NOT NULL,
        [signed_at] bigint NULL,
        [terms] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_terms] PRIMARY KEY ([link], [version]),
        CONSTRAINT [FK_terms_link_link] FOREIGN KEY ([link]) REFERENCES [link] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [comment_file] (
        [ticket] binary(16) NOT NULL,
        [comment] binary(16) NOT NULL,
        [file] binary(16) NOT NULL,
        [position] int NOT NULL,
        CONSTRAINT [PK_comment_file] PRIMARY KEY ([ticket], [comment], [file]),
        CONSTRAINT [FK_comment_file_ticket_ticket] FOREIGN KEY ([ticket]) REFERENCES [ticket] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [desk_file] (
        [id] binary(16) NOT NULL,
        [ticket] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [name] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [size] bigint NOT NULL,
        [content_type] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [sha256] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [blob] binary(16) NOT NULL,
        [audience] nvarchar(20) NOT NULL,
        [handoff] binary(16) NULL,
        [shared] binary(16) NULL,
        [came_by] binary(16) NULL,
        [state] nvarchar(20) NOT NULL,
        [derived_from] binary(16) NULL,
        [author] nvarchar(max) NOT NULL,
        [at] bigint NOT NULL,
        CONSTRAINT [PK_desk_file] PRIMARY KEY ([id]),
        CONSTRAINT [FK_desk_file_blob_blob] FOREIGN KEY ([blob]) REFERENCES [blob] ([id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_desk_file_ticket_ticket] FOREIGN KEY ([ticket]) REFERENCES [ticket] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [ticket_handoff] (
        [ticket] binary(16) NOT NULL,
        [handoff] binary(16) NOT NULL,
        [side] int NOT NULL,
        [partner] binary(16) NOT NULL,
        [partner_number] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
        [state] nvarchar(20) NOT NULL,
        [is_open] bit NOT NULL,
        [dealt_with] bit NOT NULL,
        [state_seq] bigint NOT NULL,
        CONSTRAINT [PK_ticket_handoff] PRIMARY KEY ([ticket], [handoff]),
        CONSTRAINT [FK_ticket_handoff_ticket_ticket] FOREIGN KEY ([ticket]) REFERENCES [ticket] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE TABLE [bond] (
        [handoff] binary(16) NOT NULL,
        [side] int NOT NULL,
        [account] binary(16) NOT NULL,
        [desk_kind] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ticket] binary(16) NOT NULL,
        [applied_seq] bigint NOT NULL,
        [attempts] int NOT NULL,
        [next_attempt_at] bigint NULL,
        [parked_at] bigint NULL,
        [parked_cause] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [told_version] bigint NOT NULL,
        CONSTRAINT [PK_bond] PRIMARY KEY ([handoff], [side]),
        CONSTRAINT [FK_bond_handoff_handoff] FOREIGN KEY ([handoff]) REFERENCES [handoff] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE UNIQUE INDEX [IX_account_slug] ON [account] ([slug]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_api_key_account] ON [api_key] ([account]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE UNIQUE INDEX [IX_api_key_prefix] ON [api_key] ([prefix]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_bond_account_parked_at] ON [bond] ([account], [parked_at]) WHERE parked_at IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_customer_message_ticket_number] ON [customer_message] ([ticket], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_desk_file_blob] ON [desk_file] ([blob]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_desk_file_state] ON [desk_file] ([state]) WHERE state = ''pending''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_desk_file_ticket_number] ON [desk_file] ([ticket], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE UNIQUE INDEX [IX_entry_op_id] ON [entry] ([op_id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_handoff_fulfiller_id] ON [handoff] ([fulfiller], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_handoff_link_placer_ticket] ON [handoff] ([link], [placer_ticket]) WHERE over_at IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_handoff_parent] ON [handoff] ([parent]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_handoff_placer_id] ON [handoff] ([placer], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_handoff_root] ON [handoff] ([root]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_unsettled_since] ON [handoff] ([unsettled_since]) WHERE unsettled_since IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_idempotency_at] ON [idempotency] ([at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE UNIQUE INDEX [IX_link_invite_hash] ON [link] ([invite_hash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_link_invitee_id] ON [link] ([invitee], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_link_inviter_id] ON [link] ([inviter], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_link_pair] ON [link] ([pair]) WHERE [pair] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_note_ticket_number] ON [note] ([ticket], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_partner_item_ticket_number] ON [partner_item] ([ticket], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_shared_file_blob] ON [shared_file] ([blob]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_shared_file_handoff] ON [shared_file] ([handoff]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ticket_account_number] ON [ticket] ([account], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_ticket_account_status_number] ON [ticket] ([account], [status], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_ticket_word_account_number] ON [ticket_word] ([account], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    CREATE INDEX [IX_timer_due] ON [timer] ([due]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122014414_Spine'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122014414_Spine', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    DROP INDEX [IX_handoff_parent] ON [handoff];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    DROP INDEX [IX_handoff_root] ON [handoff];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    DROP INDEX [IX_bond_account_parked_at] ON [bond];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [timer] ADD [link] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [timer] ADD [set_at] bigint NOT NULL DEFAULT CAST(0 AS bigint);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [timer] ADD [set_for] bigint NOT NULL DEFAULT CAST(0 AS bigint);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [timer] ADD [version] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [ticket] ADD [category] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [terms] ADD [answerer] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [terms] ADD [dropped] nvarchar(20) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [terms] ADD [dropped_at] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [terms] ADD [proposed_at] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [terms] ADD [proposer] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [link] ADD [drains_until] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [link] ADD [end_reason] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [link] ADD [ended_by] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [link] ADD [invited_account] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [link] ADD [suspended_since] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [agreed] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [ball] int NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [ball_since] bigint NOT NULL DEFAULT CAST(0 AS bigint);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [counter] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [due_at] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [first_pick] bigint NOT NULL DEFAULT CAST(0 AS bigint);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [follow_up_of] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [is_sealed] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [recalled_from] nvarchar(20) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [reopen_until] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [rerouted_from] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [resolved_at] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    ALTER TABLE [handoff] ADD [started_at] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [account_event] (
        [account] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [handoff] binary(16) NULL,
        [seq] bigint NULL,
        [type] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [subject] binary(16) NULL,
        [at] bigint NULL,
        CONSTRAINT [PK_account_event] PRIMARY KEY ([account], [number])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [event_counter] (
        [id] int NOT NULL,
        [last] bigint NOT NULL,
        CONSTRAINT [PK_event_counter] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [event_cursor] (
        [handoff] binary(16) NOT NULL,
        [own_seq] bigint NOT NULL,
        [placer_seq] bigint NOT NULL,
        [fulfiller_seq] bigint NOT NULL,
        CONSTRAINT [PK_event_cursor] PRIMARY KEY ([handoff])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [pending_event] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [type] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [subject] binary(16) NOT NULL,
        [at] bigint NOT NULL,
        CONSTRAINT [PK_pending_event] PRIMARY KEY ([id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [rating] (
        [handoff] binary(16) NOT NULL,
        [score] int NOT NULL,
        [quality] int NULL,
        [speed] int NULL,
        [communication] int NULL,
        [rated_at] bigint NOT NULL,
        [first_seq] bigint NOT NULL,
        [seq] bigint NOT NULL,
        [reply_seq] bigint NULL,
        CONSTRAINT [PK_rating] PRIMARY KEY ([handoff]),
        CONSTRAINT [FK_rating_handoff_handoff] FOREIGN KEY ([handoff]) REFERENCES [handoff] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [rating_note] (
        [handoff] binary(16) NOT NULL,
        [text] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [author] nvarchar(max) NOT NULL,
        [at] bigint NOT NULL,
        CONSTRAINT [PK_rating_note] PRIMARY KEY ([handoff]),
        CONSTRAINT [FK_rating_note_handoff_handoff] FOREIGN KEY ([handoff]) REFERENCES [handoff] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [route] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [name] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [category] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
        [asset] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [links] nvarchar(max) NOT NULL,
        [automatic] bit NOT NULL,
        [share_contact] bit NOT NULL,
        [share_asset] bit NOT NULL,
        [accept_within_hours] int NULL,
        CONSTRAINT [PK_route] PRIMARY KEY ([id]),
        CONSTRAINT [FK_route_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [sealed] (
        [handoff] binary(16) NOT NULL,
        [content] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [picks] nvarchar(max) NOT NULL,
        [actor] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_sealed] PRIMARY KEY ([handoff]),
        CONSTRAINT [FK_sealed_handoff_handoff] FOREIGN KEY ([handoff]) REFERENCES [handoff] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE TABLE [suspension] (
        [id] binary(16) NOT NULL,
        [link] binary(16) NOT NULL,
        [by] binary(16) NOT NULL,
        [actor] nvarchar(max) NOT NULL,
        [reason] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [since] bigint NOT NULL,
        [until] bigint NULL,
        CONSTRAINT [PK_suspension] PRIMARY KEY ([id]),
        CONSTRAINT [FK_suspension_link_link] FOREIGN KEY ([link]) REFERENCES [link] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'id', N'last') AND [object_id] = OBJECT_ID(N'[event_counter]'))
        SET IDENTITY_INSERT [event_counter] ON;
    EXEC(N'INSERT INTO [event_counter] ([id], [last])
    VALUES (1, CAST(0 AS bigint))');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'id', N'last') AND [object_id] = OBJECT_ID(N'[event_counter]'))
        SET IDENTITY_INSERT [event_counter] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_timer_link] ON [timer] ([link]) WHERE link IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_fulfiller_due_at_id] ON [handoff] ([fulfiller], [due_at], [id]) WHERE due_at IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE INDEX [IX_handoff_fulfiller_state_id] ON [handoff] ([fulfiller], [state], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_parent] ON [handoff] ([parent]) WHERE parent IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_placer_due_at_id] ON [handoff] ([placer], [due_at], [id]) WHERE due_at IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE INDEX [IX_handoff_placer_fulfiller_offered_at] ON [handoff] ([placer], [fulfiller], [offered_at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_placer_parent] ON [handoff] ([placer], [parent]) WHERE parent IS NOT NULL AND over_at IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE INDEX [IX_handoff_placer_state_id] ON [handoff] ([placer], [state], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_rerouted_from] ON [handoff] ([rerouted_from]) WHERE rerouted_from IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_root] ON [handoff] ([root]) WHERE parent IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_bond_account_parked_at_handoff] ON [bond] ([account], [parked_at], [handoff]) WHERE parked_at IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_account_event_account_handoff_seq] ON [account_event] ([account], [handoff], [seq]) WHERE handoff IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE INDEX [IX_route_account_id] ON [route] ([account], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    CREATE INDEX [IX_suspension_link_since] ON [suspension] ([link], [since]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    UPDATE handoff SET
      ball = CASE WHEN over_at IS NOT NULL THEN NULL WHEN state IN ('waiting_placer', 'resolved') THEN 1 ELSE 2 END,
      ball_since = COALESCE(over_at, accepted_at, offered_at),
      due_at = CASE WHEN over_at IS NOT NULL THEN NULL WHEN state = 'offered' THEN accept_by WHEN state = 'accepted' THEN COALESCE(respond_by, resolve_by)
                    WHEN state = 'resolved' THEN NULL ELSE resolve_by END,
      first_pick = 2,
      reopen_until = CASE WHEN state = 'closed' THEN over_at + 2592000000000 ELSE NULL END
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    UPDATE timer SET set_at = due, set_for = due
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054430_Contract'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122054430_Contract', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    DROP INDEX [IX_api_key_account] ON [api_key];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    ALTER TABLE [ticket] ADD [due_at] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    ALTER TABLE [ticket] ADD [waiting_for] nvarchar(20) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    UPDATE ticket SET
      waiting_for = CASE WHEN EXISTS (SELECT 1 FROM ticket_handoff tie JOIN handoff h ON h.id = tie.handoff WHERE tie.ticket = ticket.id AND tie.side = 1 AND h.ball = 1) THEN 'me'
                         WHEN EXISTS (SELECT 1 FROM ticket_handoff tie JOIN handoff h ON h.id = tie.handoff WHERE tie.ticket = ticket.id AND h.ball IS NOT NULL AND (tie.side = 1 OR h.ball = 1)) THEN 'partner'
                         WHEN status IN ('closed', 'resolved') THEN NULL ELSE 'me' END,
      due_at = (SELECT MIN(h.due_at) FROM ticket_handoff tie JOIN handoff h ON h.id = tie.handoff WHERE tie.ticket = ticket.id)
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_account_assignee_number] ON [ticket] ([account], [assignee], [number]) WHERE assignee IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_account_category_number] ON [ticket] ([account], [category], [number]) WHERE category IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    CREATE INDEX [IX_ticket_account_changed_at_id] ON [ticket] ([account], [changed_at], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_account_due_at_id] ON [ticket] ([account], [due_at], [id]) WHERE due_at IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    CREATE INDEX [IX_ticket_account_priority_number] ON [ticket] ([account], [priority], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_account_waiting_for_number] ON [ticket] ([account], [waiting_for], [number]) WHERE waiting_for IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_nobody] ON [ticket] ([account], [number]) WHERE assignee IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_fulfiller_countered] ON [handoff] ([fulfiller], [id]) WHERE state = ''offered'' AND ball = 1');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_handoff_placer_countered] ON [handoff] ([placer], [id]) WHERE state = ''offered'' AND ball = 1');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_entry_retracted] ON [entry] ([handoff]) WHERE type = ''retracted''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    CREATE INDEX [IX_api_key_account_id] ON [api_key] ([account], [id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122075729_TicketLists'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122075729_TicketLists', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122082953_ForgetEvents'
)
BEGIN
    DROP INDEX [IX_account_event_account_handoff_seq] ON [account_event];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122082953_ForgetEvents'
)
BEGIN
    CREATE TABLE [event_mark] (
        [at] bigint NOT NULL,
        [number] bigint NOT NULL,
        CONSTRAINT [PK_event_mark] PRIMARY KEY ([at])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122082953_ForgetEvents'
)
BEGIN
    CREATE TABLE [forgotten_event] (
        [account] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        CONSTRAINT [PK_forgotten_event] PRIMARY KEY ([account])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122082953_ForgetEvents'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122082953_ForgetEvents', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122084025_Members'
)
BEGIN
    CREATE TABLE [member] (
        [account] binary(16) NOT NULL,
        [person] binary(16) NOT NULL,
        [name] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [email] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [roles] int NOT NULL,
        [joined_at] bigint NOT NULL,
        [version] bigint NOT NULL,
        CONSTRAINT [PK_member] PRIMARY KEY ([account], [person]),
        CONSTRAINT [FK_member_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122084025_Members'
)
BEGIN
    CREATE TABLE [member_invitation] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [email] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [roles] int NOT NULL,
        [hash] varbinary(32) NOT NULL,
        [invited_by] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [invited_at] bigint NOT NULL,
        [expires_at] bigint NOT NULL,
        [ended_at] bigint NULL,
        CONSTRAINT [PK_member_invitation] PRIMARY KEY ([id]),
        CONSTRAINT [FK_member_invitation_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122084025_Members'
)
BEGIN
    CREATE INDEX [IX_member_person] ON [member] ([person]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122084025_Members'
)
BEGIN
    CREATE INDEX [IX_member_invitation_account_invited_at] ON [member_invitation] ([account], [invited_at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122084025_Members'
)
BEGIN
    CREATE UNIQUE INDEX [IX_member_invitation_hash] ON [member_invitation] ([hash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122084025_Members'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122084025_Members', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE TABLE [customer_form] (
        [account] binary(16) NOT NULL,
        [open] bit NOT NULL,
        [greeting] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL,
        [fields] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_customer_form] PRIMARY KEY ([account]),
        CONSTRAINT [FK_customer_form_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE TABLE [draft] (
        [ticket] binary(16) NOT NULL,
        [person] binary(16) NOT NULL,
        [door] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [body] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [at] bigint NOT NULL,
        CONSTRAINT [PK_draft] PRIMARY KEY ([ticket], [person], [door]),
        CONSTRAINT [FK_draft_ticket_ticket] FOREIGN KEY ([ticket]) REFERENCES [ticket] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE TABLE [requester] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [ticket] binary(16) NOT NULL,
        [name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [email] nvarchar(320) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [hash] varbinary(32) NOT NULL,
        [made_at] bigint NOT NULL,
        [ended_at] bigint NULL,
        CONSTRAINT [PK_requester] PRIMARY KEY ([id]),
        CONSTRAINT [FK_requester_ticket_ticket] FOREIGN KEY ([ticket]) REFERENCES [ticket] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE TABLE [saved_view] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [person] binary(16) NOT NULL,
        [name] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [filter] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_saved_view] PRIMARY KEY ([id]),
        CONSTRAINT [FK_saved_view_member_account_person] FOREIGN KEY ([account], [person]) REFERENCES [member] ([account], [person]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_open] ON [ticket] ([account], [number]) WHERE status <> ''closed''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE UNIQUE INDEX [IX_requester_hash] ON [requester] ([hash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE INDEX [IX_requester_ticket] ON [requester] ([ticket]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    CREATE UNIQUE INDEX [IX_saved_view_account_person_name] ON [saved_view] ([account], [person], [name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122091411_Desk'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122091411_Desk', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151443_Fields'
)
BEGIN
    ALTER TABLE [ticket] ADD [received] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151443_Fields'
)
BEGIN
    CREATE TABLE [ticket_field] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [key] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [label] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [kind] nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [choices] nvarchar(max) NOT NULL,
        [required] bit NOT NULL,
        [on_form] bit NOT NULL,
        [position] int NOT NULL,
        [retired_at] bigint NULL,
        CONSTRAINT [PK_ticket_field] PRIMARY KEY ([id]),
        CONSTRAINT [FK_ticket_field_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151443_Fields'
)
BEGIN
    CREATE TABLE [ticket_value] (
        [ticket] binary(16) NOT NULL,
        [field] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [text] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [sort] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_ticket_value] PRIMARY KEY ([ticket], [field]),
        CONSTRAINT [FK_ticket_value_ticket_ticket] FOREIGN KEY ([ticket]) REFERENCES [ticket] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151443_Fields'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ticket_field_account_key] ON [ticket_field] ([account], [key]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151443_Fields'
)
BEGIN
    CREATE INDEX [IX_ticket_value_account_field_sort_number] ON [ticket_value] ([account], [field], [sort], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151443_Fields'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122151443_Fields', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [ticket] ADD [mail_due] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [requester] ADD [language] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [pending_event] ADD [by_person] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [pending_event] ADD [for_person] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [customer_message] ADD [mail_due] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [customer_form] ADD [is_silent] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [account_event] ADD [by_person] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    ALTER TABLE [account_event] ADD [for_person] binary(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE TABLE [notice] (
        [account] binary(16) NOT NULL,
        [person] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        [kind] nvarchar(20) NOT NULL,
        [code] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [topic] binary(16) NOT NULL,
        [ticket] binary(16) NULL,
        [handoff] binary(16) NULL,
        [link] binary(16) NULL,
        [who] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [at] bigint NOT NULL,
        [in_app] bit NOT NULL,
        [read_at] bigint NULL,
        [mail_due] bigint NULL,
        CONSTRAINT [PK_notice] PRIMARY KEY ([account], [number], [person]),
        CONSTRAINT [FK_notice_member_account_person] FOREIGN KEY ([account], [person]) REFERENCES [member] ([account], [person]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE TABLE [notice_cursor] (
        [account] binary(16) NOT NULL,
        [number] bigint NOT NULL,
        CONSTRAINT [PK_notice_cursor] PRIMARY KEY ([account])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE TABLE [notice_rule] (
        [account] binary(16) NOT NULL,
        [person] binary(16) NOT NULL,
        [kind] nvarchar(20) NOT NULL,
        [in_app] bit NOT NULL,
        [mail] bit NOT NULL,
        CONSTRAINT [PK_notice_rule] PRIMARY KEY ([account], [person], [kind]),
        CONSTRAINT [FK_notice_rule_member_account_person] FOREIGN KEY ([account], [person]) REFERENCES [member] ([account], [person]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE TABLE [over_time] (
        [handoff] binary(16) NOT NULL,
        [due] bigint NOT NULL,
        CONSTRAINT [PK_over_time] PRIMARY KEY ([handoff])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE TABLE [sent_mail] (
        [account] binary(16) NOT NULL,
        [recipient] binary(16) NOT NULL,
        [topic] binary(16) NOT NULL,
        [at] bigint NOT NULL,
        CONSTRAINT [PK_sent_mail] PRIMARY KEY ([account], [recipient], [at], [topic])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_ticket_mail_due] ON [ticket] ([mail_due]) WHERE mail_due IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_customer_message_mail_due] ON [customer_message] ([mail_due]) WHERE mail_due IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE INDEX [IX_notice_account_person_number] ON [notice] ([account], [person], [number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_notice_mail_due] ON [notice] ([mail_due]) WHERE mail_due IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_notice_unread] ON [notice] ([account], [person], [ticket]) WHERE read_at IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    CREATE INDEX [IX_sent_mail_at] ON [sent_mail] ([at]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122174440_Notices'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122174440_Notices', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122183735_Calendars'
)
BEGIN
    CREATE TABLE [calendar] (
        [id] binary(16) NOT NULL,
        [account] binary(16) NOT NULL,
        [name] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [time_zone] nvarchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [hours] nvarchar(max) NOT NULL,
        [days] nvarchar(max) NOT NULL,
        [is_usual] bit NOT NULL,
        [version] bigint NOT NULL,
        CONSTRAINT [PK_calendar] PRIMARY KEY ([id]),
        CONSTRAINT [FK_calendar_account_account] FOREIGN KEY ([account]) REFERENCES [account] ([id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122183735_Calendars'
)
BEGIN
    CREATE INDEX [IX_calendar_account] ON [calendar] ([account]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122183735_Calendars'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122183735_Calendars', N'10.0.14');
END;

COMMIT;
GO
