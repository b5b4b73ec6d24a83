-- AlterTable
ALTER TABLE "Bot" ADD COLUMN     "sealedSignIn" BYTEA;
