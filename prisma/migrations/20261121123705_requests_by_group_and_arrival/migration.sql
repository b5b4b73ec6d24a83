-- CreateIndex
CREATE INDEX "Request_groupId_id_idx" ON "Request"("groupId", "id" DESC);

-- CreateIndex
CREATE INDEX "Request_botId_arrivedAt_idx" ON "Request"("botId", "arrivedAt" DESC);
