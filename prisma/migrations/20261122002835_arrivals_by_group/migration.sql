-- DropIndex
DROP INDEX "Request_botId_arrivedAt_idx";

-- CreateIndex
CREATE INDEX "Request_botId_arrivedAt_groupId_idx" ON "Request"("botId", "arrivedAt" DESC, "groupId");
