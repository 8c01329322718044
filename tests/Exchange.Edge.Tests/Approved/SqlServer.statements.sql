-- CountBlob (Id, Number)
UPDATE blob SET count = count + @p2 WHERE id = @p1;

-- CountEvents (Number)
UPDATE event_counter SET last = @p1 WHERE id = 1;

-- FindReplay (Word, Word, Number)
SELECT request, op_id, thing FROM idempotency WHERE scope = @p1 AND [key] = @p2 AND at > @p3;

-- HoldBond (Id, Small, Number, Number, Text)
UPDATE bond SET attempts = attempts + 1, next_attempt_at = @p3, parked_at = coalesce(parked_at, @p4), parked_cause = coalesce(parked_cause, @p5),
       told_version = CASE WHEN parked_at IS NULL THEN 0 ELSE told_version END
WHERE handoff = @p1 AND side = @p2;

-- InsertEntry (Id, Number, Id, Word, Small, Bytes, Bytes, Bytes)
INSERT INTO entry (handoff, seq, op_id, type, side, bytes, body_hash, hash) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8);

-- InsertEvents (Number, Ids, Ids, Numbers)
INSERT INTO account_event (account, number, handoff, seq)
SELECT CONVERT(binary(16), account.value, 2), @p1 + CONVERT(bigint, account.[key]), CONVERT(binary(16), handoff.value, 2), CONVERT(bigint, seq.value)
FROM OPENJSON(@p2) account JOIN OPENJSON(@p3) handoff ON handoff.[key] = account.[key] JOIN OPENJSON(@p4) seq ON seq.[key] = account.[key];

-- InsertItem (Id, Number, Small, Id, Id, Word, Text, Small, Word, Word, Word, Number, Id, Number)
DECLARE @n bigint;
UPDATE ticket SET @n = last_item = last_item + 1, changed_at = @p14 WHERE id = @p4;
INSERT INTO partner_item (handoff, seq, desk, ticket, number, id, kind, body, author_side, author_kind, author_id, author_name, at, derived_from, retracted)
SELECT @p1, @p2, @p3, @p4, @n, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, 0
WHERE NOT EXISTS (SELECT 1 FROM partner_item WHERE handoff = @p1 AND seq = @p2 AND desk = @p3);

-- InsertMessage (Id, Id, Text, Text, Number, Id, Number, Number)
DECLARE @n bigint;
UPDATE ticket SET @n = last_item = last_item + 1, changed_at = @p7 WHERE id = @p2;
INSERT INTO customer_message (id, ticket, number, body, author, at, derived_from, retracted, mail_due) VALUES (@p1, @p2, @n, @p3, @p4, @p5, @p6, 0, @p8);

-- InsertNote (Id, Id, Text, Text, Number, Id, Number)
DECLARE @n bigint;
UPDATE ticket SET @n = last_item = last_item + 1, changed_at = @p7 WHERE id = @p2;
INSERT INTO note (id, ticket, number, body, author, at, derived_from, retracted) VALUES (@p1, @p2, @n, @p3, @p4, @p5, @p6, 0);

-- LockEvents ()
SELECT last FROM event_counter WITH (UPDLOCK, ROWLOCK) WHERE id = 1;

-- LockHandoff (Id)
DECLARE @id binary(16); SELECT @id = id FROM handoff WITH (UPDLOCK, ROWLOCK) WHERE id = @p1;

-- LockOpenHandoff (Id, Id)
SELECT h.link, l.state, h.placer, h.fulfiller, h.state, h.version, h.last_seq, h.head_hash, p.desk_kind, p.ticket, f.desk_kind, f.ticket, h.id FROM handoff h WITH (UPDLOCK, ROWLOCK) JOIN link l ON l.id = h.link LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1 LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2
WHERE h.id = (SELECT CASE WHEN count(*) = 1 THEN min(o.handoff) END
              FROM ticket t JOIN ticket_handoff o ON o.ticket = t.id WHERE t.id = @p1 AND t.account = @p2 AND o.is_open = 1)
;

-- LockReplay (Word, Word)
DECLARE @answer int, @name nvarchar(255) = CONVERT(nvarchar(64), HASHBYTES('SHA2_256', CONCAT(@p1, ' ', @p2)), 2);
EXEC @answer = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 10000;
IF @answer < 0 THROW 51222, 'A request with this key is under way.', 1;

-- LockTicket (Id)
SELECT account, is_mirror FROM ticket WITH (UPDLOCK, ROWLOCK) WHERE id = @p1;

-- MoveBond (Id, Small, Number)
UPDATE bond SET applied_seq = @p3, attempts = 0, next_attempt_at = NULL WHERE handoff = @p1 AND side = @p2 AND applied_seq < @p3;

-- MoveClocks (Id, Number, Number)
UPDATE handoff SET accept_by = CASE WHEN accept_by > @p2 THEN accept_by + @p3 ELSE accept_by END, respond_by = CASE WHEN respond_by > @p2 THEN respond_by + @p3 ELSE respond_by END,
       resolve_by = CASE WHEN resolve_by > @p2 THEN resolve_by + @p3 ELSE resolve_by END, due_at = CASE WHEN due_at > @p2 THEN due_at + @p3 ELSE due_at END
WHERE link = @p1 AND over_at IS NULL AND (accept_by > @p2 OR respond_by > @p2 OR resolve_by > @p2 OR due_at > @p2);

-- MoveEvents (Ids, Numbers, Numbers, Numbers)
MERGE event_cursor AS c
USING (SELECT CONVERT(binary(16), h.value, 2) AS handoff, CONVERT(bigint, o.value) AS own_seq, CONVERT(bigint, p.value) AS placer_seq, CONVERT(bigint, f.value) AS fulfiller_seq
       FROM OPENJSON(@p1) h JOIN OPENJSON(@p2) o ON o.[key] = h.[key] JOIN OPENJSON(@p3) p ON p.[key] = h.[key] JOIN OPENJSON(@p4) f ON f.[key] = h.[key]) AS e
ON c.handoff = e.handoff
WHEN MATCHED THEN UPDATE SET own_seq = e.own_seq, placer_seq = e.placer_seq, fulfiller_seq = e.fulfiller_seq
WHEN NOT MATCHED THEN INSERT (handoff, own_seq, placer_seq, fulfiller_seq) VALUES (e.handoff, e.own_seq, e.placer_seq, e.fulfiller_seq);;

-- MoveHead (Id, Number, Bytes, Number)
UPDATE handoff SET last_seq = @p2, head_hash = @p3, unsettled_since = coalesce(unsettled_since, @p4) WHERE id = @p1;

-- NextItemNumber (Id, Number)
UPDATE ticket SET last_item = last_item + 1, changed_at = @p2 OUTPUT inserted.last_item WHERE id = @p1;

-- NextTicketNumber (Id)
UPDATE account_counter SET tickets = tickets + 1 OUTPUT inserted.tickets WHERE account = @p1;

-- NoteTold (Id, Small, Number)
UPDATE bond SET told_version = @p3, next_attempt_at = NULL WHERE handoff = @p1 AND side = @p2;

-- OwnLink (Id)
SELECT id FROM link WITH (XLOCK, ROWLOCK) WHERE id = @p1;

-- ReadDueEvents (Ids, Small)
SELECT TOP (@p2) h.id, h.placer, h.fulfiller, h.own_seq, h.placer_seq, h.fulfiller_seq, h.placer_to, h.fulfiller_to, e.seq, e.side
FROM (
  SELECT h.id, h.placer, h.fulfiller, h.last_seq,
         coalesce(c.own_seq, 0) AS own_seq, coalesce(c.placer_seq, 0) AS placer_seq, coalesce(c.fulfiller_seq, 0) AS fulfiller_seq,
         coalesce(p.applied_seq, 0) AS placer_to, coalesce(f.applied_seq, CASE WHEN l.state = 'suspended' THEN 0 ELSE h.last_seq END) AS fulfiller_to
  FROM handoff h JOIN link l ON l.id = h.link
  LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1
  LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2
  LEFT JOIN event_cursor c ON c.handoff = h.id
  WHERE h.id IN (SELECT CONVERT(binary(16), value, 2) FROM OPENJSON(@p1))
) h CROSS APPLY (
  SELECT TOP (@p2) x.seq, x.side FROM entry x
  WHERE x.handoff = h.id AND x.seq <= h.last_seq AND x.seq > (SELECT min(least.seq) FROM (VALUES (h.own_seq), (CASE WHEN h.placer_to > h.placer_seq THEN h.placer_seq ELSE h.own_seq END),
      (CASE WHEN h.fulfiller_to > h.fulfiller_seq THEN h.fulfiller_seq ELSE h.own_seq END)) least (seq))
  ORDER BY x.seq
) e
ORDER BY h.id, e.seq;

-- ReadEntries (Id, Number, Small, Small)
SELECT TOP (@p3) e.handoff, e.seq, e.op_id, e.type, e.side, e.bytes, e.body_hash, e.hash FROM entry e WHERE e.handoff = @p1 AND e.seq > @p2 AND (@p4 IS NULL OR e.side = @p4) ORDER BY e.seq;

-- ReadHandoff (Id)
SELECT h.link, l.state, h.placer, h.fulfiller, h.state, h.version, h.last_seq, h.head_hash, p.desk_kind, p.ticket, f.desk_kind, f.ticket, h.id FROM handoff h JOIN link l ON l.id = h.link LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1 LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2 WHERE h.id = @p1;

-- ReadLogs (Ids, Numbers, Small)
SELECT e.handoff, e.seq, e.op_id, e.type, e.side, e.bytes, e.body_hash, e.hash FROM OPENJSON(@p1) id JOIN OPENJSON(@p2) after ON after.[key] = id.[key]
CROSS APPLY (SELECT TOP (@p3) * FROM entry x WHERE x.handoff = CONVERT(binary(16), id.value, 2) AND x.seq > CONVERT(bigint, after.value) ORDER BY x.seq) e
ORDER BY e.handoff, e.seq;

-- ReadTies (Id, Id)
SELECT h.handoff, h.is_open FROM ticket t LEFT JOIN ticket_handoff h ON h.ticket = t.id WHERE t.id = @p1 AND t.account = @p2;

-- Remember (Word, Word, Bytes, Id, Id, Number)
UPDATE idempotency SET request = @p3, op_id = @p4, thing = @p5, at = @p6 WHERE scope = @p1 AND [key] = @p2;
IF @@ROWCOUNT = 0 INSERT INTO idempotency (scope, [key], request, op_id, thing, at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6);

-- Settle (Ids)
UPDATE h SET unsettled_since = NULL FROM handoff h WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE h.id IN (SELECT CONVERT(binary(16), value, 2) FROM OPENJSON(@p1)) AND h.unsettled_since IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bond b WHERE b.handoff = h.id AND b.applied_seq < h.last_seq)
  AND EXISTS (SELECT 1 FROM event_cursor c WHERE c.handoff = h.id
              AND c.own_seq >= h.last_seq AND c.placer_seq >= h.last_seq AND c.fulfiller_seq >= h.last_seq);

-- ShareLink (Id)
SELECT id FROM link WITH (REPEATABLEREAD, ROWLOCK) WHERE id = @p1;

-- StillBehind (Ids, Number)
SELECT DISTINCT b.handoff FROM bond b JOIN handoff h ON h.id = b.handoff JOIN link l ON l.id = h.link
WHERE b.handoff IN (SELECT CONVERT(binary(16), value, 2) FROM OPENJSON(@p1)) AND b.applied_seq < h.last_seq AND b.parked_at IS NULL AND (b.next_attempt_at IS NULL OR b.next_attempt_at <= @p2)
  AND l.state <> 'suspended';

-- TakeBonds (Ids, Number)
SELECT b.handoff, b.side, b.account, b.desk_kind, b.ticket, b.applied_seq, h.last_seq, h.state, h.version, b.attempts,
       CAST(CASE WHEN b.parked_at IS NULL THEN 0 ELSE 1 END AS bit), b.told_version
FROM bond b WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK) JOIN handoff h ON h.id = b.handoff JOIN link l ON l.id = h.link
WHERE b.handoff IN (SELECT CONVERT(binary(16), value, 2) FROM OPENJSON(@p1)) AND b.applied_seq < h.last_seq AND (b.next_attempt_at IS NULL OR b.next_attempt_at <= @p2) AND l.state <> 'suspended'
ORDER BY b.handoff, b.side;

-- WasDone (Id)
SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE op_id = @p1) OR EXISTS (SELECT 1 FROM note WHERE id = @p1) OR EXISTS (SELECT 1 FROM customer_message WHERE id = @p1);

-- WriteReceipt (Id, Number, Small, Word, Text, Number, Bytes)
UPDATE receipt SET state = @p4, reason = @p5, at = @p6, head = @p7 WHERE handoff = @p1 AND seq = @p2 AND side = @p3;
IF @@ROWCOUNT = 0 INSERT INTO receipt (handoff, seq, side, state, reason, at, head) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7);
