-- AlterTable
ALTER TABLE "Bot" ADD COLUMN     "extras" TEXT[] DEFAULT ARRAY[]::TEXT[];
