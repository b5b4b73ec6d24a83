-- AlterTable
ALTER TABLE "TaskItem" ADD COLUMN     "lookAt" TIMESTAMPTZ(3),
ADD COLUMN     "looks" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "TaskItem_lookAt_idx" ON "TaskItem"("lookAt");
