-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "wasFriend" BOOLEAN;
