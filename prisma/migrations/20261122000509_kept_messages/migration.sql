-- DropIndex
DROP INDEX "Message_conversationId_at_id_idx";

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "askedAt" TIMESTAMPTZ(3),
ADD COLUMN     "historyAt" TIMESTAMPTZ(3),
ADD COLUMN     "historyNext" TEXT,
ADD COLUMN     "searchText" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "isGone" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "rank" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Message_conversationId_at_rank_id_idx" ON "Message"("conversationId", "at" DESC, "rank" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Message_conversationId_version_idx" ON "Message"("conversationId", "version");
