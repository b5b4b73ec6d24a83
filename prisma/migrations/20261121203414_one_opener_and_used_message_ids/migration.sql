-- AlterTable
ALTER TABLE "Bot" ADD COLUMN     "openedBy" INTEGER;

-- CreateTable
CREATE TABLE "UsedMessageId" (
    "platform" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UsedMessageId_pkey" PRIMARY KEY ("platform","value")
);
