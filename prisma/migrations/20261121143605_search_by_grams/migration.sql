-- CreateTable
CREATE TABLE "RequestGrams" (
    "requestId" UUID NOT NULL,
    "grams" INTEGER[],

    CONSTRAINT "RequestGrams_pkey" PRIMARY KEY ("requestId")
);

-- The letters of a text by ones, twos and threes, each as a number made from their code points; server/desk/grams.ts
-- makes the same of what is searched for. Two may share a number: who finds a row reads its text as well.
CREATE OR REPLACE FUNCTION gatehouse_grams(words text) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  letter text;
  a bigint;
  b bigint;
  c bigint;
  made integer[] := '{}';
BEGIN
  FOREACH letter IN ARRAY string_to_array(words, NULL) LOOP
    a := b;
    b := c;
    c := ascii(letter);
    made := made || c::integer;
    IF b IS NOT NULL THEN
      made := made || ((b * 31337 + c) % 2147483647)::integer;
    END IF;
    IF a IS NOT NULL THEN
      made := made || (((a * 31337 + b) % 2147483647 * 31337 + c) % 2147483647)::integer;
    END IF;
  END LOOP;
  RETURN ARRAY(SELECT DISTINCT unnest(made));
END
$$;

CREATE OR REPLACE FUNCTION gatehouse_keep_grams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "RequestGrams" ("requestId", "grams") VALUES (NEW."id", gatehouse_grams(NEW."searchText"))
    ON CONFLICT ("requestId") DO UPDATE SET "grams" = EXCLUDED."grams";
  RETURN NULL;
END
$$;

INSERT INTO "RequestGrams" ("requestId", "grams") SELECT "id", gatehouse_grams("searchText") FROM "Request";

-- CreateIndex
-- Every search reads through the entries that are not sorted in yet: few may wait.
CREATE INDEX "RequestGrams_grams_idx" ON "RequestGrams" USING GIN ("grams") WITH (gin_pending_list_limit = 128);

-- AddForeignKey
ALTER TABLE "RequestGrams" ADD CONSTRAINT "RequestGrams_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TRIGGER "Request_grams" AFTER INSERT OR UPDATE OF "searchText" ON "Request"
  FOR EACH ROW EXECUTE FUNCTION gatehouse_keep_grams();
