-- AlterTable
ALTER TABLE "Bot" ADD COLUMN     "connectedBy" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "Decision" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;
