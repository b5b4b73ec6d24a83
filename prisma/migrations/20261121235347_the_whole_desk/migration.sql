-- AlterTable
ALTER TABLE "Operator" ADD COLUMN     "timeZone" TEXT;

-- CreateTable
CREATE TABLE "Roster" (
    "id" UUID NOT NULL,
    "botId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "groupId" TEXT NOT NULL DEFAULT '',
    "readAt" TIMESTAMPTZ(3),
    "error" TEXT,
    "triedAt" TIMESTAMPTZ(3),
    "isStale" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Roster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnownGroup" (
    "botId" UUID NOT NULL,
    "groupId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "memberCount" INTEGER,
    "memberLimit" INTEGER,
    "ownerId" TEXT,
    "ownRole" TEXT,
    "avatar" TEXT,
    "intro" TEXT,
    "remark" TEXT,
    "isMuted" BOOLEAN,
    "searchText" TEXT NOT NULL,

    CONSTRAINT "KnownGroup_pkey" PRIMARY KEY ("botId","groupId")
);

-- CreateTable
CREATE TABLE "KnownFriend" (
    "botId" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "remark" TEXT,
    "label" TEXT,
    "avatar" TEXT,
    "signature" TEXT,
    "sex" TEXT,
    "isOnline" BOOLEAN,
    "categoryId" TEXT,
    "categoryName" TEXT,
    "searchText" TEXT NOT NULL,

    CONSTRAINT "KnownFriend_pkey" PRIMARY KEY ("botId","userId")
);

-- CreateTable
CREATE TABLE "KnownMember" (
    "botId" UUID NOT NULL,
    "groupId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "card" TEXT,
    "role" TEXT NOT NULL,
    "title" TEXT,
    "level" INTEGER,
    "avatar" TEXT,
    "isMuted" BOOLEAN,
    "mutedUntil" TIMESTAMPTZ(3),
    "joinedAt" TIMESTAMPTZ(3),
    "lastSpokeAt" TIMESTAMPTZ(3),
    "isOnline" BOOLEAN,
    "lastSeenAt" TIMESTAMPTZ(3),
    "searchText" TEXT NOT NULL,

    CONSTRAINT "KnownMember_pkey" PRIMARY KEY ("botId","groupId","userId")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" UUID NOT NULL,
    "botId" UUID NOT NULL,
    "peerTo" TEXT NOT NULL,
    "peerId" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "avatar" TEXT,
    "lastAt" TIMESTAMPTZ(3),
    "lastText" TEXT NOT NULL DEFAULT '',
    "unread" INTEGER NOT NULL DEFAULT 0,
    "readAt" TIMESTAMPTZ(3),
    "readBy" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "messageId" TEXT,
    "key" TEXT NOT NULL,
    "senderId" TEXT,
    "senderName" TEXT NOT NULL DEFAULT '',
    "isOwn" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "pieces" JSONB NOT NULL,
    "handle" JSONB,
    "searchText" TEXT NOT NULL DEFAULT '',
    "recalledAt" TIMESTAMPTZ(3),
    "recalledBy" TEXT,
    "reactions" JSONB NOT NULL DEFAULT '[]',
    "isEssence" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT,
    "error" TEXT,
    "platformText" TEXT,
    "operatorId" UUID,
    "operatorName" TEXT,
    "correlationId" UUID,
    "takenBy" INTEGER,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "botId" UUID NOT NULL,
    "groupId" TEXT NOT NULL,
    "groupName" TEXT NOT NULL DEFAULT '',
    "verb" TEXT NOT NULL,
    "arguments" JSONB NOT NULL DEFAULT '{}',
    "actor" JSONB NOT NULL,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "correlationId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "pausedAt" TIMESTAMPTZ(3),
    "pausedBy" TEXT,
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelledBy" TEXT,
    "retryOf" UUID,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskItem" (
    "taskId" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "error" TEXT,
    "detail" JSONB,
    "platformText" TEXT,
    "takenBy" INTEGER,
    "sentAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "TaskItem_pkey" PRIMARY KEY ("taskId","userId")
);

-- CreateTable
CREATE TABLE "PersonNote" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "botId" UUID NOT NULL,
    "operatorId" UUID,
    "operatorName" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PersonNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonFlag" (
    "platform" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "botId" UUID NOT NULL,
    "flag" TEXT NOT NULL,
    "operatorName" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PersonFlag_pkey" PRIMARY KEY ("platform","personId","botId","flag")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "operatorId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "query" JSONB NOT NULL,
    "isTeam" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Roster_botId_kind_groupId_key" ON "Roster"("botId", "kind", "groupId");

-- CreateIndex
CREATE INDEX "KnownFriend_userId_idx" ON "KnownFriend"("userId");

-- CreateIndex
CREATE INDEX "KnownMember_userId_idx" ON "KnownMember"("userId");

-- CreateIndex
CREATE INDEX "Conversation_lastAt_id_idx" ON "Conversation"("lastAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_botId_peerTo_peerId_key" ON "Conversation"("botId", "peerTo", "peerId");

-- CreateIndex
CREATE INDEX "Message_conversationId_at_id_idx" ON "Message"("conversationId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Message_arrivedAt_idx" ON "Message"("arrivedAt");

-- CreateIndex
CREATE INDEX "Message_senderId_at_idx" ON "Message"("senderId", "at" DESC);

-- CreateIndex
CREATE INDEX "Message_state_idx" ON "Message"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Message_conversationId_key_key" ON "Message"("conversationId", "key");

-- CreateIndex
CREATE INDEX "Task_botId_groupId_createdAt_idx" ON "Task"("botId", "groupId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "TaskItem_state_taskId_position_idx" ON "TaskItem"("state", "taskId", "position");

-- CreateIndex
CREATE INDEX "PersonNote_platform_personId_id_idx" ON "PersonNote"("platform", "personId", "id" DESC);

-- CreateIndex
CREATE INDEX "SavedView_operatorId_idx" ON "SavedView"("operatorId");

-- AddForeignKey
ALTER TABLE "Roster" ADD CONSTRAINT "Roster_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownGroup" ADD CONSTRAINT "KnownGroup_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownFriend" ADD CONSTRAINT "KnownFriend_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownMember" ADD CONSTRAINT "KnownMember_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskItem" ADD CONSTRAINT "TaskItem_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonNote" ADD CONSTRAINT "PersonNote_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonFlag" ADD CONSTRAINT "PersonFlag_botId_fkey" FOREIGN KEY ("botId") REFERENCES "Bot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;
