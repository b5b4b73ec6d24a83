-- AlterTable
ALTER TABLE "Batch" ADD COLUMN     "cancelActor" JSONB,
ADD COLUMN     "cancelId" UUID;
