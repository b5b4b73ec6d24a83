-- AlterTable
ALTER TABLE "AuditOutcome" ADD COLUMN     "isRepeat" BOOLEAN NOT NULL DEFAULT false;
