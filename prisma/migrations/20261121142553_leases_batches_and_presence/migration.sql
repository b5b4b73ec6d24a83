-- AlterTable
ALTER TABLE "Bot" ADD COLUMN     "writeGapMs" INTEGER NOT NULL DEFAULT 400;

-- AlterTable
ALTER TABLE "Decision" ADD COLUMN     "batchId" UUID,
ADD COLUMN     "previousState" TEXT NOT NULL DEFAULT 'waiting';

-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "assignedAt" TIMESTAMPTZ(3),
ADD COLUMN     "assignedBy" TEXT,
ADD COLUMN     "assignedWhy" TEXT,
ADD COLUMN     "assigneeId" UUID,
ADD COLUMN     "assigneeName" TEXT,
ADD COLUMN     "snoozedBy" TEXT,
ADD COLUMN     "snoozedUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "BotGap" (
    "id" UUID NOT NULL,
    "botId" UUID NOT NULL,
    "startAt" TIMESTAMPTZ(3) NOT NULL,
    "endAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "found" JSONB,
    "error" TEXT,

    CONSTRAINT "BotGap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "requestId" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "operatorName" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "tab" UUID NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "Skip" (
    "requestId" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Skip_pkey" PRIMARY KEY ("requestId","operatorId")
);

-- CreateTable
CREATE TABLE "Presence" (
    "tab" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "requestId" UUID,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("tab")
);

-- CreateTable
CREATE TABLE "CannedText" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "kinds" TEXT[],
    "textZh" TEXT NOT NULL DEFAULT '',
    "textEn" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "CannedText_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "actor" JSONB NOT NULL,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "correlationId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heldUntil" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelledBy" TEXT,
    "retryOf" UUID,

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BatchItem" (
    "batchId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "decisionId" UUID,
    "error" TEXT,
    "detail" JSONB,

    CONSTRAINT "BatchItem_pkey" PRIMARY KEY ("batchId","requestId")
);

-- CreateTable
CREATE TABLE "AuditRepeat" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "correlationId" UUID NOT NULL,
    "requestId" UUID,
    "target" TEXT,
    "input" JSONB,

    CONSTRAINT "AuditRepeat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BotGap_botId_id_idx" ON "BotGap"("botId", "id" DESC);

-- CreateIndex
CREATE INDEX "Claim_tab_idx" ON "Claim"("tab");

-- CreateIndex
CREATE INDEX "Claim_operatorId_idx" ON "Claim"("operatorId");

-- CreateIndex
CREATE INDEX "Skip_operatorId_idx" ON "Skip"("operatorId");

-- CreateIndex
CREATE INDEX "Presence_operatorId_idx" ON "Presence"("operatorId");

-- CreateIndex
CREATE INDEX "Presence_requestId_idx" ON "Presence"("requestId");

-- CreateIndex
CREATE INDEX "Batch_actorId_createdAt_idx" ON "Batch"("actorId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "BatchItem_decisionId_key" ON "BatchItem"("decisionId");

-- CreateIndex
CREATE INDEX "BatchItem_state_batchId_position_idx" ON "BatchItem"("state", "batchId", "position");

-- CreateIndex
CREATE INDEX "BatchItem_requestId_idx" ON "BatchItem"("requestId");

-- CreateIndex
CREATE INDEX "AuditRepeat_eventId_id_idx" ON "AuditRepeat"("eventId", "id");

-- CreateIndex
CREATE INDEX "AuditRepeat_correlationId_idx" ON "AuditRepeat"("correlationId");

-- CreateIndex
CREATE INDEX "Decision_batchId_idx" ON "Decision"("batchId");

-- CreateIndex
CREATE INDEX "Request_snoozedUntil_idx" ON "Request"("snoozedUntil");

-- CreateIndex
CREATE INDEX "Request_assigneeId_idx" ON "Request"("assigneeId");

-- AddForeignKey
ALTER TABLE "BotGap" ADD CONSTRAINT "BotGap_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Skip" ADD CONSTRAINT "Skip_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Skip" ADD CONSTRAINT "Skip_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BatchItem" ADD CONSTRAINT "BatchItem_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BatchItem" ADD CONSTRAINT "BatchItem_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BatchItem" ADD CONSTRAINT "BatchItem_decisionId_fkey" FOREIGN KEY ("decisionId") REFERENCES "Decision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditRepeat" ADD CONSTRAINT "AuditRepeat_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "AuditEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Repeats of a refusal are part of the record: append-only as the rest of it, and leaving with it.
CREATE OR REPLACE FUNCTION gatehouse_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
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
      WHEN 'AuditRepeat' THEN 'DELETE FROM "AuditRepeat" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff)'
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

CREATE TRIGGER "AuditRepeat_append_only" BEFORE UPDATE OR DELETE ON "AuditRepeat"
  FOR EACH ROW EXECUTE FUNCTION gatehouse_audit_refuse();
CREATE TRIGGER "AuditRepeat_no_truncate" BEFORE TRUNCATE ON "AuditRepeat"
  FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_audit_refuse();
ALTER TABLE "AuditRepeat" ENABLE ALWAYS TRIGGER "AuditRepeat_append_only";
ALTER TABLE "AuditRepeat" ENABLE ALWAYS TRIGGER "AuditRepeat_no_truncate";

CREATE OR REPLACE FUNCTION gatehouse_audit_retention(keep interval) RETURNS bigint LANGUAGE plpgsql AS $$
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
  DELETE FROM "AuditRepeat" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff);
  DELETE FROM "AuditOutcome" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff);
  DELETE FROM "AuditEvent" WHERE "at" < cutoff;
  GET DIAGNOSTICS removed = ROW_COUNT;
  INSERT INTO "AuditOutcome" ("eventId", "at", "outcome", "after", "durationMs")
    VALUES (event, clock_timestamp(), 'OK', jsonb_build_object('removed', removed),
      floor(extract(epoch FROM clock_timestamp() - started) * 1000)::int);
  RETURN removed;
END
$$;
