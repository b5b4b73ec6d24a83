"use client";

import { Button } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TaskSummary } from "../api";
import { IconButton } from "../icon-button";
import { useDuration } from "../requests/batch-duration";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./members.module.css";
import { TaskBar } from "./task-bar";
import { isRunning, troubles } from "./task-state";

const TaskDrawer = dynamic(() => import("./task-drawer").then((module) => module.TaskDrawer), { ssr: false });

const mostStrips = 3;
const mostRead = 50;

/** The acts over many that go on in this group, colleagues' too, and the own ones that ended and were not looked at. */
export function TaskStrips({ botId, groupId }: { botId: string; groupId: string }) {
  const trpc = useTRPC();
  const tasks = useQuery(trpc.tasks.list.queryOptions({ botId, groupId })).data ?? [];
  const [read, setRead] = useLocalStorage<string[]>({ key: "gatehouse.tasks.read", defaultValue: [] });
  const [open, setOpen] = useState<string | null>(null);
  const shown = tasks
    .filter((task) => isRunning(task) || (task.isMine && !read.includes(task.id)))
    .slice(0, mostStrips);
  return (
    <>
      {shown.map((task) => (
        <Strip
          key={task.id}
          task={task}
          onOpen={() => setOpen(task.id)}
          onRead={() => setRead([task.id, ...read].slice(0, mostRead))}
        />
      ))}
      {open !== null && <TaskDrawer id={open} onOpen={setOpen} onClose={() => setOpen(null)} />}
    </>
  );
}

function Strip({ task, onOpen, onRead }: { task: TaskSummary; onOpen: () => void; onRead: () => void }) {
  const t = useTranslations("members.task");
  const name = useTranslations("members");
  const duration = useDuration();
  const trpc = useTRPC();
  const pause = useAct(trpc.tasks.pause.mutationOptions());
  const resume = useAct(trpc.tasks.resume.mutationOptions());
  const cancel = useAct(trpc.tasks.cancel.mutationOptions());
  const { counts, total } = task;
  const running = isRunning(task);
  const left = counts.queued + counts.sending;
  const bad = troubles(counts);
  const isPaused = task.pausedAt !== null;
  const state = task.cancelledAt
    ? t("cancelledBy", { by: task.cancelledBy ?? "" })
    : !running
      ? t("ended")
      : isPaused
        ? t("pausedBy", { by: task.pausedBy ?? "" })
        : !task.isConnected
          ? t("away")
          : t("left", { duration: duration(task.seconds) });
  return (
    <section className={classes.strip} aria-label={t("strip")}>
      <button type="button" className={classes.stripOpen} onClick={onOpen}>
        <span className={classes.stripLine}>
          <span className={classes.stripName}>
            {t("name", { verb: name(`verb.${task.act.verb}`), count: total })}
            {!task.isMine && <span className={classes.small}> · {task.by}</span>}
          </span>
          <span className={classes.small}>{t("doneOf", { done: total - left, total })}</span>
        </span>
        <TaskBar counts={counts} total={total} />
        <span className={classes.stripLine}>
          <span className={classes.small}>{state}</span>
          {bad > 0 && <span className={classes.troubles}>{t("troubles", { count: bad })}</span>}
        </span>
      </button>
      {running && task.canChange && (
        <span className={classes.stripActs}>
          <Tip label={isPaused ? t("resume") : t("pause")}>
            <IconButton
              size={30}
              aria-label={isPaused ? t("resume") : t("pause")}
              aria-disabled={pause.isRunning || resume.isRunning || undefined}
              onClick={() => {
                if (!pause.isRunning && !resume.isRunning) void (isPaused ? resume : pause).run({ id: task.id });
              }}
            >
              {isPaused ? <IconPlayerPlay size={15} stroke={1.8} /> : <IconPlayerPause size={15} stroke={1.8} />}
            </IconButton>
          </Tip>
          <Button size="xs" loading={cancel.isRunning} onClick={() => void cancel.run({ id: task.id })}>
            {t("cancel")}
          </Button>
        </span>
      )}
      {!running && (
        <Tip label={t("read")}>
          <IconButton size={30} aria-label={t("read")} onClick={onRead}>
            <IconX size={14} stroke={1.8} />
          </IconButton>
        </Tip>
      )}
    </section>
  );
}
