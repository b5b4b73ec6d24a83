"use client";

import { Button, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as uuid } from "uuid";
import type { TaskVerb } from "@/lib/task";
import type { MemberActInput, MemberSummary, TaskForecast } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useDuration } from "../requests/batch-duration";
import { useSentenceGap } from "../sentence-gap";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { ActFields } from "./act-fields";
import { useLength } from "./duration";
import classes from "./members.module.css";
import type { Target } from "./use-member-act";

/** The forecast is asked for again when typing pauses, ms. */
const pause = 300;

interface ActDialogueProps {
  group: { botId: string; groupId: string };
  verb: TaskVerb;
  /** Fixed when the dialogue opens. */
  people: readonly Target[];
  limits: MemberSummary["limits"];
  onClose: () => void;
  /** Of one member: does it. */
  onOne: (act: MemberActInput) => void;
  onStarted: () => void;
}

/** One act on one or many: what it takes, and of many beforehand what will happen, what cannot and why, and how long it takes. */
export function ActDialogue({ group, verb, people, limits, onClose, onOne, onStarted }: ActDialogueProps) {
  const t = useTranslations("members.act");
  const name = useTranslations("members");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [act, setAct] = useState<MemberActInput>(() => begin(verb));
  // Made once a dialogue: pressed twice, or sent again after a lost answer, it is one task.
  const [id] = useState<string>(() => uuid());
  const [userIds] = useState(() => people.map((person) => person.userId));
  const [settled] = useDebouncedValue(act, pause);
  const [only] = people;
  const isMany = people.length > 1;
  const preview = useQuery(
    trpc.tasks.preview.queryOptions({ ...group, act: settled, userIds }, { placeholderData: (before) => before }),
  );
  const start = useAct(trpc.tasks.start.mutationOptions(), { isFailureShown: true });
  const isCurrent = preview.isSuccess && !preview.isPlaceholderData && settled === act;
  const forecast = preview.data;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isMany) return onOne(act);
    const started = await start.run({ ...group, id, act, userIds });
    if (started === null) return;
    void queryClient.invalidateQueries(trpc.tasks.pathFilter());
    onStarted();
  };
  const title = isMany
    ? t("titleMany", { verb: name(`verb.${verb}`), count: people.length })
    : t("titleOne", { verb: name(`verb.${verb}`), name: only?.name ?? "" });
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ "aria-label": common("close") }}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        {verb === "kick" && <p className={classes.lead}>{t("kickText")}</p>}
        <ActFields act={act} limits={limits} onChange={setAct} />
        <div className={classes.forecast} aria-live="polite">
          {preview.isPending && <Skeleton height={44} />}
          {preview.isError && <FailurePanel error={preview.error} />}
          {forecast && <Forecast forecast={forecast} isMany={isMany} seconds={act.verb === "mute" ? act.seconds : 0} />}
        </div>
        {start.error && <FailurePanel error={start.error} />}
        <div className={classes.buttons}>
          <Button size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            type="submit"
            size="sm"
            variant={verb === "kick" ? "default" : "filled"}
            {...(verb === "kick" ? { className: classes.danger } : {})}
            disabled={!isCurrent || !forecast?.isPossible || forecast.able === 0}
            loading={start.isRunning}
          >
            {isMany
              ? t("start", { verb: name(`verb.${verb}`), count: forecast?.able ?? people.length })
              : name(`verb.${verb}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function begin(verb: TaskVerb): MemberActInput {
  switch (verb) {
    case "mute":
      return { verb, seconds: 600 };
    case "kick":
      return { verb, block: false };
    case "card":
      return { verb, card: "" };
    case "title":
      return { verb, title: "" };
    default:
      return { verb };
  }
}

/** What will happen, and what cannot and why. */
function Forecast({ forecast, isMany, seconds }: { forecast: TaskForecast; isMany: boolean; seconds: number }) {
  const t = useTranslations("members.act");
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const duration = useDuration();
  const lengthOf = useLength();
  const { able, total, unable, renewed, isPossible, isConnected, muteSeconds } = forecast;
  if (!isPossible) return <p className={classes.bad}>{t("notPossible")}</p>;
  return (
    <>
      {isMany && (
        <p className={classes.able}>
          {t.rich("able", { count: able, total, strong: (chunks) => <strong>{chunks}</strong> })}
          {gap}
          {able > 0 && t("takes", { duration: duration(forecast.seconds) })}
        </p>
      )}
      {renewed > 0 && <p className={classes.small}>{t("renewed", { count: renewed })}</p>}
      {muteSeconds !== null && muteSeconds !== seconds && (
        <p className={classes.small}>{t("rounded", { length: lengthOf(muteSeconds) })}</p>
      )}
      {!isConnected && <p className={classes.bad}>{t("away")}</p>}
      {unable.length > 0 && (
        <ul className={classes.unable}>
          {unable.map(({ why, count, people }) => (
            <li key={why}>
              <strong>{isMany && t("count", { count })}</strong>
              {gap}
              {textOf({ code: "member_obstacle", detail: { why } }).what}
              {isMany && (
                <span className={classes.small}>
                  {t("names", {
                    names: people.map((person) => person.name || person.userId).join(t("between")),
                    more: count - people.length,
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
