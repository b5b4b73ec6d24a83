-- CreateTable
CREATE TABLE "Operator" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "locale" TEXT,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Operator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invite" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "botId" UUID,
    "label" TEXT NOT NULL DEFAULT '',
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "usedById" UUID,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" TEXT NOT NULL,
    "permissions" TEXT[],
    "isBuiltIn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "roleId" TEXT NOT NULL,
    "botId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "blockedUntil" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Bot" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "accountId" TEXT,
    "nickname" TEXT,
    "connection" JSONB NOT NULL,
    "sealed" BYTEA,
    "isEnabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "isConnected" BOOLEAN NOT NULL DEFAULT false,
    "connectedAt" TIMESTAMPTZ(3),
    "isOnline" BOOLEAN,
    "onlineAt" TIMESTAMPTZ(3),
    "lastActAt" TIMESTAMPTZ(3),
    "lastActMs" INTEGER,
    "isAble" BOOLEAN,
    "ableAt" TIMESTAMPTZ(3),
    "lastEventAt" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "lastErrorAt" TIMESTAMPTZ(3),

    CONSTRAINT "Bot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BotEvent" (
    "id" UUID NOT NULL,
    "botId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "BotEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Request" (
    "id" UUID NOT NULL,
    "botId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "applicantId" TEXT NOT NULL,
    "applicantName" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "groupId" TEXT,
    "groupName" TEXT,
    "source" TEXT NOT NULL DEFAULT '',
    "handle" JSONB NOT NULL,
    "raw" JSONB NOT NULL,
    "answers" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "version" INTEGER NOT NULL DEFAULT 1,
    "twinKey" TEXT,
    "searchText" TEXT NOT NULL DEFAULT '',
    "askedAt" TIMESTAMPTZ(3),
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,

    CONSTRAINT "Request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "activeFor" UUID,
    "verb" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'held',
    "actor" JSONB NOT NULL,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "correlationId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heldUntil" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "takenBy" INTEGER,
    "takenAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "checkAt" TIMESTAMPTZ(3),
    "checks" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "platformText" TEXT,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Note" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "operatorId" UUID,
    "operatorName" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "correlationId" UUID NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "role" TEXT,
    "sessionId" UUID,
    "address" TEXT,
    "userAgent" TEXT,
    "action" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "botId" UUID,
    "botName" TEXT,
    "platform" TEXT,
    "endpoint" TEXT,
    "capability" TEXT,
    "requestId" UUID,
    "decisionId" UUID,
    "groupId" TEXT,
    "personId" TEXT,
    "target" TEXT,
    "input" JSONB,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditOutcome" (
    "eventId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "error" TEXT,
    "platformText" TEXT,
    "before" JSONB,
    "after" JSONB,
    "durationMs" INTEGER NOT NULL,
    "hasDrift" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "AuditOutcome_pkey" PRIMARY KEY ("eventId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Operator_email_key" ON "Operator"("email");

-- CreateIndex
CREATE INDEX "Session_operatorId_idx" ON "Session"("operatorId");

-- CreateIndex
CREATE UNIQUE INDEX "Invite_tokenHash_key" ON "Invite"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Grant_operatorId_roleId_botId_key" ON "Grant"("operatorId", "roleId", "botId");

-- CreateIndex
CREATE INDEX "BotEvent_botId_id_idx" ON "BotEvent"("botId", "id" DESC);

-- CreateIndex
CREATE INDEX "Request_botId_twinKey_idx" ON "Request"("botId", "twinKey");

-- CreateIndex
CREATE INDEX "Request_state_id_idx" ON "Request"("state", "id" DESC);

-- CreateIndex
CREATE INDEX "Request_botId_state_id_idx" ON "Request"("botId", "state", "id" DESC);

-- CreateIndex
CREATE INDEX "Request_applicantId_idx" ON "Request"("applicantId");

-- CreateIndex
CREATE UNIQUE INDEX "Request_botId_key_key" ON "Request"("botId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_activeFor_key" ON "Decision"("activeFor");

-- CreateIndex
CREATE INDEX "Decision_requestId_idx" ON "Decision"("requestId");

-- CreateIndex
CREATE INDEX "Decision_state_heldUntil_idx" ON "Decision"("state", "heldUntil");

-- CreateIndex
CREATE INDEX "Decision_state_checkAt_idx" ON "Decision"("state", "checkAt");

-- CreateIndex
CREATE INDEX "Note_requestId_idx" ON "Note"("requestId");

-- CreateIndex
CREATE INDEX "AuditEvent_correlationId_idx" ON "AuditEvent"("correlationId");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_id_idx" ON "AuditEvent"("actorId", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_action_id_idx" ON "AuditEvent"("action", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_botId_id_idx" ON "AuditEvent"("botId", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_groupId_id_idx" ON "AuditEvent"("groupId", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_personId_id_idx" ON "AuditEvent"("personId", "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_decisionId_idx" ON "AuditEvent"("decisionId");

-- CreateIndex
CREATE INDEX "AuditOutcome_outcome_eventId_idx" ON "AuditOutcome"("outcome", "eventId" DESC);

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BotEvent" ADD CONSTRAINT "BotEvent_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditOutcome" ADD CONSTRAINT "AuditOutcome_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "AuditEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: Prisma's schema has no words for it.

-- A null is never equal to a null, so the unique index over three columns lets a role on the whole desk be granted twice.
CREATE UNIQUE INDEX "Grant_operatorId_roleId_desk_key" ON "Grant"("operatorId", "roleId") WHERE "botId" IS NULL;

-- The record is append-only: UPDATE, DELETE and TRUNCATE are refused to every role, superusers included. The one way
-- out is gatehouse_audit_retention, called by the tables' owner. That it is this function which deletes is read from
-- the call stack, because a setting or a flag could be set by anybody: the line above the trigger must be the
-- function's own statement, whole, and the one above that the function. Names only, for the server may translate the
-- words around them. The limit: who may change the structure (DROP TRIGGER) can still remove all of this.
CREATE FUNCTION gatehouse_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stack text;
  lines text[];
  statement text;
  at_end text;
BEGIN
  IF tg_op = 'DELETE' AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = tg_relid) THEN
    GET DIAGNOSTICS stack = PG_CONTEXT;
    lines := string_to_array(stack, E'\n');
    statement := CASE tg_table_name
      WHEN 'AuditOutcome' THEN 'DELETE FROM "AuditOutcome" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff)'
      ELSE 'DELETE FROM "AuditEvent" WHERE "at" < cutoff'
    END;
    -- Nothing but the closing quotation mark may follow it.
    at_end := split_part(lines[2], statement, 2);
    IF position(statement IN lines[2]) > 0 AND at_end !~ '[[:alnum:];/-]' AND length(at_end) BETWEEN 1 AND 3
      AND lines[3] ~ '^[^"]*\mgatehouse_audit_retention\(interval\)' THEN
      RETURN old;
    END IF;
  END IF;
  RAISE EXCEPTION 'the record is append-only: % on "%" is refused', tg_op, tg_table_name
    USING ERRCODE = 'insufficient_privilege', HINT = 'See gatehouse_audit_retention(interval).';
END
$$;

CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION gatehouse_audit_refuse();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_audit_refuse();
CREATE TRIGGER "AuditOutcome_append_only" BEFORE UPDATE OR DELETE ON "AuditOutcome"
  FOR EACH ROW EXECUTE FUNCTION gatehouse_audit_refuse();
CREATE TRIGGER "AuditOutcome_no_truncate" BEFORE TRUNCATE ON "AuditOutcome"
  FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_audit_refuse();

-- ALWAYS: otherwise session_replication_role = replica would switch them off.
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "AuditEvent_append_only";
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "AuditEvent_no_truncate";
ALTER TABLE "AuditOutcome" ENABLE ALWAYS TRIGGER "AuditOutcome_append_only";
ALTER TABLE "AuditOutcome" ENABLE ALWAYS TRIGGER "AuditOutcome_no_truncate";

CREATE FUNCTION gatehouse_audit_retention(keep interval) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz := clock_timestamp();
  cutoff timestamptz := started - keep;
  event uuid;
  removed bigint;
BEGIN
  IF keep IS NULL OR cutoff > started - interval '30 days' THEN
    RAISE EXCEPTION 'the record is kept for 30 days at least' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- A uuid v7, so that the event takes its place in time among the others: milliseconds, then the version, then chance.
  event := encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM started) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid;
  INSERT INTO "AuditEvent" ("id", "at", "correlationId", "actorKind", "actorName", "action", "risk", "target", "input")
    VALUES (event, started, gen_random_uuid(), 'system', session_user, 'audit.retention', 'destructive', keep::text,
      jsonb_build_object('keep', keep::text, 'before', cutoff));
  DELETE FROM "AuditOutcome" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff);
  DELETE FROM "AuditEvent" WHERE "at" < cutoff;
  GET DIAGNOSTICS removed = ROW_COUNT;
  INSERT INTO "AuditOutcome" ("eventId", "at", "outcome", "after", "durationMs")
    VALUES (event, clock_timestamp(), 'OK', jsonb_build_object('removed', removed),
      floor(extract(epoch FROM clock_timestamp() - started) * 1000)::int);
  RETURN removed;
END
$$;

COMMENT ON FUNCTION gatehouse_audit_retention(interval) IS
  'Deletes what the record holds from before now - keep (30 days at least) and records that it did. The owner of the tables calls it; nothing else can delete there. Answers how many events are gone.';
