-- CountBlob (Id, Number)
UPDATE blob SET count = count + $2 WHERE id = $1;

-- CountEvents (Number)
UPDATE event_counter SET last = $1 WHERE id = 1;

-- FindReplay (Word, Word, Number)
SELECT request, op_id, thing FROM idempotency WHERE scope = $1 AND key = $2 AND at > $3;

-- HoldBond (Id, Small, Number, Number, Text)
UPDATE bond SET attempts = attempts + 1, next_attempt_at = $3, parked_at = coalesce(parked_at, $4), parked_cause = coalesce(parked_cause, $5),
       told_version = CASE WHEN parked_at IS NULL THEN 0 ELSE told_version END
WHERE handoff = $1 AND side = $2;

-- InsertEntry (Id, Number, Id, Word, Small, Bytes, Bytes, Bytes)
INSERT INTO entry (handoff, seq, op_id, type, side, bytes, body_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- InsertEvents (Number, Ids, Ids, Numbers)
INSERT INTO account_event (account, number, handoff, seq)
SELECT e.account, $1 + e.place - 1, e.handoff, e.seq FROM unnest($2, $3, $4) WITH ORDINALITY AS e (account, handoff, seq, place);

-- InsertItem (Id, Number, Small, Id, Id, Word, Text, Small, Word, Word, Word, Number, Id, Number)
WITH t AS (UPDATE ticket SET last_item = last_item + 1, changed_at = $14 WHERE id = $4 RETURNING last_item)
INSERT INTO partner_item (handoff, seq, desk, ticket, number, id, kind, body, author_side, author_kind, author_id, author_name, at, derived_from, retracted)
SELECT $1, $2, $3, $4, t.last_item, $5, $6, $7, $8, $9, $10, $11, $12, $13, false FROM t
ON CONFLICT (handoff, seq, desk) DO NOTHING;

-- InsertMessage (Id, Id, Text, Text, Number, Id, Number, Number)
WITH t AS (UPDATE ticket SET last_item = last_item + 1, changed_at = $7 WHERE id = $2 RETURNING last_item)
INSERT INTO customer_message (id, ticket, number, body, author, at, derived_from, retracted, mail_due)
SELECT $1, $2, t.last_item, $3, $4, $5, $6, false, $8 FROM t;

-- InsertNote (Id, Id, Text, Text, Number, Id, Number)
WITH t AS (UPDATE ticket SET last_item = last_item + 1, changed_at = $7 WHERE id = $2 RETURNING last_item)
INSERT INTO note (id, ticket, number, body, author, at, derived_from, retracted)
SELECT $1, $2, t.last_item, $3, $4, $5, $6, false FROM t;

-- LockEvents ()
SELECT last FROM event_counter WHERE id = 1 FOR NO KEY UPDATE;

-- LockHandoff (Id)
SELECT 1 FROM handoff WHERE id = $1 FOR NO KEY UPDATE;

-- LockOpenHandoff (Id, Id)
SELECT h.link, l.state, h.placer, h.fulfiller, h.state, h.version, h.last_seq, h.head_hash, p.desk_kind, p.ticket, f.desk_kind, f.ticket, h.id FROM handoff h JOIN link l ON l.id = h.link LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1 LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2
WHERE h.id = (SELECT CASE WHEN count(*) = 1 THEN (array_agg(o.handoff))[1] END
              FROM ticket t JOIN ticket_handoff o ON o.ticket = t.id WHERE t.id = $1 AND t.account = $2 AND o.is_open = true)
FOR NO KEY UPDATE OF h;

-- LockReplay (Word, Word)
SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0));

-- LockTicket (Id)
SELECT account, is_mirror FROM ticket WHERE id = $1 FOR NO KEY UPDATE;

-- MoveBond (Id, Small, Number)
UPDATE bond SET applied_seq = $3, attempts = 0, next_attempt_at = NULL WHERE handoff = $1 AND side = $2 AND applied_seq < $3;

-- MoveClocks (Id, Number, Number)
UPDATE handoff SET accept_by = CASE WHEN accept_by > $2 THEN accept_by + $3 ELSE accept_by END, respond_by = CASE WHEN respond_by > $2 THEN respond_by + $3 ELSE respond_by END,
       resolve_by = CASE WHEN resolve_by > $2 THEN resolve_by + $3 ELSE resolve_by END, due_at = CASE WHEN due_at > $2 THEN due_at + $3 ELSE due_at END
WHERE link = $1 AND over_at IS NULL AND (accept_by > $2 OR respond_by > $2 OR resolve_by > $2 OR due_at > $2);

-- MoveEvents (Ids, Numbers, Numbers, Numbers)
INSERT INTO event_cursor (handoff, own_seq, placer_seq, fulfiller_seq) SELECT * FROM unnest($1, $2, $3, $4)
ON CONFLICT (handoff) DO UPDATE SET own_seq = excluded.own_seq, placer_seq = excluded.placer_seq, fulfiller_seq = excluded.fulfiller_seq;

-- MoveHead (Id, Number, Bytes, Number)
UPDATE handoff SET last_seq = $2, head_hash = $3, unsettled_since = coalesce(unsettled_since, $4) WHERE id = $1;

-- NextItemNumber (Id, Number)
UPDATE ticket SET last_item = last_item + 1, changed_at = $2 WHERE id = $1 RETURNING last_item;

-- NextTicketNumber (Id)
UPDATE account_counter SET tickets = tickets + 1 WHERE account = $1 RETURNING tickets;

-- NoteTold (Id, Small, Number)
UPDATE bond SET told_version = $3, next_attempt_at = NULL WHERE handoff = $1 AND side = $2;

-- OwnLink (Id)
SELECT 1 FROM link WHERE id = $1 FOR UPDATE;

-- ReadDueEvents (Ids, Small)
SELECT h.id, h.placer, h.fulfiller, h.own_seq, h.placer_seq, h.fulfiller_seq, h.placer_to, h.fulfiller_to, e.seq, e.side
FROM (
  SELECT h.id, h.placer, h.fulfiller, h.last_seq,
         coalesce(c.own_seq, 0) AS own_seq, coalesce(c.placer_seq, 0) AS placer_seq, coalesce(c.fulfiller_seq, 0) AS fulfiller_seq,
         coalesce(p.applied_seq, 0) AS placer_to, coalesce(f.applied_seq, CASE WHEN l.state = 'suspended' THEN 0 ELSE h.last_seq END) AS fulfiller_to
  FROM handoff h JOIN link l ON l.id = h.link
  LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1
  LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2
  LEFT JOIN event_cursor c ON c.handoff = h.id
  WHERE h.id = ANY($1)
) h CROSS JOIN LATERAL (
  SELECT seq, side FROM entry
  WHERE handoff = h.id AND seq <= h.last_seq AND seq > least(h.own_seq, CASE WHEN h.placer_to > h.placer_seq THEN h.placer_seq ELSE h.own_seq END,
                                                             CASE WHEN h.fulfiller_to > h.fulfiller_seq THEN h.fulfiller_seq ELSE h.own_seq END)
  ORDER BY seq LIMIT $2
) e
ORDER BY h.id, e.seq
LIMIT $2;

-- ReadEntries (Id, Number, Small, Small)
SELECT e.handoff, e.seq, e.op_id, e.type, e.side, e.bytes, e.body_hash, e.hash FROM entry e WHERE e.handoff = $1 AND e.seq > $2 AND ($4::int IS NULL OR e.side = $4) ORDER BY e.seq LIMIT $3;

-- ReadHandoff (Id)
SELECT h.link, l.state, h.placer, h.fulfiller, h.state, h.version, h.last_seq, h.head_hash, p.desk_kind, p.ticket, f.desk_kind, f.ticket, h.id FROM handoff h JOIN link l ON l.id = h.link LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1 LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2 WHERE h.id = $1;

-- ReadLogs (Ids, Numbers, Small)
SELECT e.handoff, e.seq, e.op_id, e.type, e.side, e.bytes, e.body_hash, e.hash FROM unnest($1, $2) AS due (handoff, after)
CROSS JOIN LATERAL (SELECT * FROM entry e WHERE e.handoff = due.handoff AND e.seq > due.after ORDER BY e.seq LIMIT $3) e
ORDER BY e.handoff, e.seq;

-- ReadTies (Id, Id)
SELECT h.handoff, h.is_open FROM ticket t LEFT JOIN ticket_handoff h ON h.ticket = t.id WHERE t.id = $1 AND t.account = $2;

-- Remember (Word, Word, Bytes, Id, Id, Number)
INSERT INTO idempotency (scope, key, request, op_id, thing, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (scope, key) DO UPDATE SET request = excluded.request, op_id = excluded.op_id, thing = excluded.thing, at = excluded.at;

-- Settle (Ids)
UPDATE handoff SET unsettled_since = NULL
FROM (SELECT id FROM handoff WHERE id = ANY($1) AND unsettled_since IS NOT NULL ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) free
WHERE handoff.id = free.id AND NOT EXISTS (SELECT 1 FROM bond b WHERE b.handoff = handoff.id AND b.applied_seq < handoff.last_seq)
  AND EXISTS (SELECT 1 FROM event_cursor c WHERE c.handoff = handoff.id
              AND c.own_seq >= handoff.last_seq AND c.placer_seq >= handoff.last_seq AND c.fulfiller_seq >= handoff.last_seq);

-- ShareLink (Id)
SELECT 1 FROM link WHERE id = $1 FOR SHARE;

-- StillBehind (Ids, Number)
SELECT DISTINCT b.handoff FROM bond b JOIN handoff h ON h.id = b.handoff JOIN link l ON l.id = h.link
WHERE b.handoff = ANY($1) AND b.applied_seq < h.last_seq AND b.parked_at IS NULL AND (b.next_attempt_at IS NULL OR b.next_attempt_at <= $2)
  AND l.state <> 'suspended';

-- TakeBonds (Ids, Number)
SELECT b.handoff, b.side, b.account, b.desk_kind, b.ticket, b.applied_seq, h.last_seq, h.state, h.version, b.attempts, b.parked_at IS NOT NULL, b.told_version
FROM bond b JOIN handoff h ON h.id = b.handoff JOIN link l ON l.id = h.link
WHERE b.handoff = ANY($1) AND b.applied_seq < h.last_seq AND (b.next_attempt_at IS NULL OR b.next_attempt_at <= $2) AND l.state <> 'suspended'
ORDER BY b.handoff, b.side
FOR NO KEY UPDATE OF b SKIP LOCKED;

-- WasDone (Id)
SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE op_id = $1) OR EXISTS (SELECT 1 FROM note WHERE id = $1) OR EXISTS (SELECT 1 FROM customer_message WHERE id = $1);

-- WriteReceipt (Id, Number, Small, Word, Text, Number, Bytes)
INSERT INTO receipt (handoff, seq, side, state, reason, at, head) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (handoff, seq, side) DO UPDATE SET state = excluded.state, reason = excluded.reason, at = excluded.at, head = excluded.head;
