-- The retention function's statement must be the whole of what runs: a longer one could quote it in a comment, with the
-- rest of the stack after a line break. Before it stand only the server's few words, in whatever language, and a
-- quotation mark.
CREATE OR REPLACE FUNCTION gatehouse_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stack text;
  lines text[];
  statement text;
  at_start text;
  at_end text;
BEGIN
  IF tg_op = 'DELETE' AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = tg_relid) THEN
    GET DIAGNOSTICS stack = PG_CONTEXT;
    lines := string_to_array(stack, E'\n');
    statement := CASE tg_table_name
      WHEN 'AuditOutcome' THEN 'DELETE FROM "AuditOutcome" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff)'
      WHEN 'AuditRepeat' THEN 'DELETE FROM "AuditRepeat" WHERE "eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "at" < cutoff)'
      ELSE 'DELETE FROM "AuditEvent" WHERE "at" < cutoff'
    END;
    at_start := split_part(lines[2], statement, 1);
    -- Nothing but the closing quotation mark may follow it.
    at_end := split_part(lines[2], statement, 2);
    IF position(statement IN lines[2]) > 0 AND length(at_start) <= 24 AND at_start !~ '[<>=*;/''$(]'
      AND at_end !~ '[[:alnum:];/-]' AND length(at_end) BETWEEN 1 AND 3
      AND lines[3] ~ '^[^"]*\mgatehouse_audit_retention\(interval\)' THEN
      RETURN old;
    END IF;
  END IF;
  RAISE EXCEPTION 'the record is append-only: % on "%" is refused', tg_op, tg_table_name
    USING ERRCODE = 'insufficient_privilege', HINT = 'See gatehouse_audit_retention(interval).';
END
$$;
