"use client";

import { Button, Checkbox, Kbd, Switch } from "@mantine/core";
import { IconCheck, IconEyeOff, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Verb } from "@/lib/request";
import type { RequestDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { useAdvances } from "../shell/preferences";
import { useShortcuts } from "../shell/shortcuts";
import { announce } from "./announcer";
import { useClaim } from "./claim";
import { useDecide } from "./decide";
import classes from "./decision-box.module.css";
import { useDraft } from "./draft";
import { whileOpen } from "./filter";
import { Holder } from "./holder";
import { KeptText } from "./kept-text";
import { Reason } from "./reason";
import { useReasoning } from "./reasoning";
import { TwinChoice } from "./twin-choice";

/** What can be decided about a request, here and now. What the platform cannot do has no button, and the reason is said. */
export function DecisionBox({ request, onNext }: { request: RequestDetail; onNext: () => void }) {
  const t = useTranslations("requests");
  const label = useTranslations("vocabulary");
  const [draft, setDraft] = useDraft(request.id);
  const [isPersonSure, setPersonSure] = useState(false);
  const [isAgain, setAgain] = useState(false);
  const [missing, setMissing] = useState<Verb | null>(null);
  const [advances, setAdvances] = useAdvances();
  const reason = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLElement>(null);
  const claiming = useClaim(request);
  const reasoning = useReasoning(request, draft);
  const { decide, isPending, failure, error } = useDecide(request, (verb) => {
    setDraft({ reason: "", blanks: {} });
    announce(t("decided", { verb: label(`verbDone.${verb}`) }));
    if (advances) onNext();
  });

  const { answers } = request;
  const isUnknown = request.state === "unknown";
  // In a colleague's hands; in another tab of one's own it is only a click away.
  const isForeign = claiming.hold === "other" || claiming.hold === "tab";
  const isFree = request.canDecide && !isPending && !isForeign;
  const canAct = isFree && !(request.hasTwin && !isPersonSure) && !(isUnknown && !isAgain);

  const act = (verb: Verb) => {
    if (reasoning.empty.length > 0) {
      // What lacks is shown where it is to be filled; nothing goes out with a hole in it.
      box.current?.querySelector<HTMLElement>("[data-blank] input, [data-blank]")?.focus();
      return;
    }
    const lacks = reasoning.needed.includes(verb) && reasoning.text === "";
    setMissing(lacks ? verb : null);
    if (lacks) reason.current?.focus();
    else decide(verb, { reason: reasoning.text, isPersonSure, isAgain });
  };
  const writesFirst = answers.takesReason && reasoning.text === "";
  const deny = () => {
    if (writesFirst) reason.current?.focus();
    else if (canAct) act("deny");
  };
  useShortcuts({
    a: canAct && answers.approve ? whileOpen(request.id, () => act("approve")) : undefined,
    d: isFree && answers.deny ? whileOpen(request.id, deny) : undefined,
    i: isFree && request.state !== "ignored" ? whileOpen(request.id, () => act("ignore")) : undefined,
  });
  const submitReason = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && canAct && answers.deny) {
      event.preventDefault();
      act("deny");
    } else if (event.key === "Escape") reason.current?.blur();
  };

  if (!request.canDecide) {
    const isTold = failure?.code === "conflict" || failure?.code === "already_decided";
    return (
      <div className={classes.after}>
        {error && <FailurePanel error={error} />}
        <KeptText request={request} draft={draft} onChange={setDraft} isTold={isTold} />
      </div>
    );
  }
  return (
    <section ref={box} className={classes.box} aria-label={t("decide")}>
      <Holder request={request} claiming={claiming} />
      {request.hasTwin && request.twin && <TwinChoice request={request} isSure={isPersonSure} onSure={setPersonSure} />}
      {isUnknown && (
        <div className={classes.notice}>
          <p>{t("unknown.text")}</p>
          <Checkbox
            label={t("unknown.again")}
            checked={isAgain}
            onChange={(event) => setAgain(event.currentTarget.checked)}
          />
        </div>
      )}
      {answers.whyNoDeny && <p className={classes.why}>{t(`whyNoDeny.${answers.whyNoDeny}`)}</p>}
      {!answers.deny && !answers.whyNoDeny && (
        <p className={classes.why}>{answers.approve ? t("noDenial") : t("notAnswerable")}</p>
      )}
      <Reason
        request={request}
        draft={draft}
        onChange={(patch) => {
          setMissing(null);
          setDraft(patch);
        }}
        reasoning={reasoning}
        missing={missing}
        fieldRef={reason}
        onKeyDown={submitReason}
      />
      {error && <FailurePanel error={error} />}
      <div className={classes.buttons}>
        {answers.approve && (
          <Button
            size="sm"
            variant="filled"
            leftSection={<IconCheck size={16} stroke={2.2} />}
            rightSection={<Key name="A" />}
            disabled={!canAct}
            onClick={() => act("approve")}
          >
            {label("verb.approve")}
          </Button>
        )}
        {answers.deny && (
          <Button
            size="sm"
            className={classes.deny}
            leftSection={<IconX size={16} stroke={2.2} />}
            rightSection={<Key name="D" />}
            disabled={!canAct}
            onClick={() => act("deny")}
          >
            {label("verb.deny")}
          </Button>
        )}
        {request.state !== "ignored" && (
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            className={classes.ignore}
            leftSection={<IconEyeOff size={16} stroke={1.8} />}
            rightSection={<Key name="I" />}
            disabled={!isFree}
            onClick={() => act("ignore")}
          >
            {label("verb.ignore")}
          </Button>
        )}
        <Switch
          className={classes.advance}
          label={t("advance")}
          checked={advances}
          onChange={(event) => setAdvances(event.currentTarget.checked)}
        />
      </div>
    </section>
  );
}

/** The key that does the same; not read out, because it is listed in the help. */
function Key({ name }: { name: string }) {
  return (
    <Kbd size="xs" className={classes.key} aria-hidden="true">
      {name}
    </Kbd>
  );
}
