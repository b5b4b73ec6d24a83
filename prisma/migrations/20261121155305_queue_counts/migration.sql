-- DropIndex
DROP INDEX "Request_applicantId_idx";

-- DropIndex
DROP INDEX "Request_assigneeId_idx";

-- DropIndex
DROP INDEX "Request_botId_state_id_idx";

-- DropIndex
DROP INDEX "Request_state_id_idx";

-- CreateIndex
CREATE INDEX "Request_queue_idx" ON "Request"("state", "id" DESC, "kind", "botId", "arrivedAt", "snoozedUntil", "assigneeId");

-- CreateIndex
CREATE INDEX "Request_bot_queue_idx" ON "Request"("botId", "state", "id" DESC, "kind", "arrivedAt", "snoozedUntil", "assigneeId");

-- CreateIndex
CREATE INDEX "Request_kind_state_id_idx" ON "Request"("kind", "state", "id" DESC);

-- CreateIndex
CREATE INDEX "Request_applicantId_id_idx" ON "Request"("applicantId", "id" DESC);

-- CreateIndex
CREATE INDEX "Request_state_assigneeId_id_idx" ON "Request"("state", "assigneeId", "id" DESC);
