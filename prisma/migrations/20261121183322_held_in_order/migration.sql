-- DropIndex
DROP INDEX "Decision_state_heldUntil_idx";

-- CreateIndex
CREATE INDEX "Decision_state_heldUntil_id_idx" ON "Decision"("state", "heldUntil", "id");
