"use client";

import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as uuid } from "uuid";
import type { TaskDetail } from "../api";
import { Drawer } from "../drawer";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { ClockTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./members.module.css";
import { TaskBar, TaskLegend } from "./task-bar";
import { isRunning } from "./task-state";

/** One act over many: how each member is doing, and trying again what failed. */
export function TaskDrawer({ id, onOpen, onClose }: { id: string; onOpen: (id: string) => void; onClose: () => void }) {
  const t = useTranslations("members.task");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [isTrouble, setTrouble] = useState(false);
  const task = useInfiniteQuery(
    trpc.tasks.get.infiniteQueryOptions({ id, isTrouble }, { getNextPageParam: (page) => page.next ?? undefined }),
  );
  const [first] = task.data?.pages ?? [];
  const items = task.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer opened onClose={onClose} title={t("drawer")} size="lg" closeButtonProps={{ "aria-label": common("close") }}>
      {task.isPending && <Skeleton height={240} />}
      {task.isError && <FailurePanel error={task.error} />}
      {first && (
        <div className={classes.task}>
          <Head task={first} onOpen={onOpen} />
          <div className={classes.itemsHead}>
            <h4 className={classes.subtitle}>{t("items")}</h4>
            <NativeSelect
              size="xs"
              aria-label={t("which")}
              value={isTrouble ? "trouble" : "all"}
              data={[
                { value: "all", label: t("whichAll") },
                { value: "trouble", label: t("whichTrouble") },
              ]}
              onChange={(event) => setTrouble(event.currentTarget.value === "trouble")}
            />
          </div>
          {items.length === 0 && <p className={classes.small}>{t("itemsNone")}</p>}
          <ol className={classes.items}>
            {items.map((item) => (
              <Item key={item.userId} item={item} />
            ))}
          </ol>
          {task.hasNextPage && (
            <Button loading={task.isFetchingNextPage} onClick={() => void task.fetchNextPage()}>
              {common("more")}
            </Button>
          )}
        </div>
      )}
    </Drawer>
  );
}

function Head({ task, onOpen }: { task: TaskDetail; onOpen: (id: string) => void }) {
  const t = useTranslations("members.task");
  const name = useTranslations("members");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const retry = useAct(trpc.tasks.retry.mutationOptions(), { isFailureShown: true });
  const { counts, total } = task;
  const again = async () => {
    const started = await retry.run({ id: task.id, newId: uuid() });
    if (started === null) return;
    void queryClient.invalidateQueries(trpc.tasks.pathFilter());
    onOpen(started.id);
  };
  return (
    <>
      <div>
        <h3 className={classes.taskTitle}>{t("name", { verb: name(`verb.${task.act.verb}`), count: total })}</h3>
        <span className={classes.small}>
          {task.by} · <ClockTime at={task.createdAt} />
          {task.retryOf && ` · ${t("isRetry")}`}
        </span>
      </div>
      <div className={classes.progress} aria-live="polite">
        <TaskBar counts={counts} total={total} />
        <TaskLegend counts={counts} />
      </div>
      {retry.error && <FailurePanel error={retry.error} />}
      {counts.failed > 0 && !isRunning(task) && task.canChange && (
        <div className={classes.taskActs}>
          <Button
            size="sm"
            leftSection={<IconRefresh size={15} />}
            loading={retry.isRunning}
            onClick={() => void again()}
          >
            {t("retry", { count: counts.failed })}
          </Button>
          <span className={classes.small}>{t("retryHint")}</span>
        </div>
      )}
    </>
  );
}

function Item({ item }: { item: TaskDetail["items"][number] }) {
  const t = useTranslations("members.task");
  const textOf = useFailureText();
  const why = item.code && textOf({ code: item.code, detail: item.detail }).what;
  return (
    <li className={classes.item}>
      <span className={classes.itemWho}>
        <span className={classes.itemName}>{item.name || item.userId}</span>
        {why && <span className={classes.small}>{why}</span>}
        {item.platformText && (
          <span className={classes.small}>
            <q>{item.platformText}</q>
          </span>
        )}
      </span>
      <span className={classes.itemState} data-state={item.state}>
        {t(`state.${item.state}`)}
      </span>
    </li>
  );
}
