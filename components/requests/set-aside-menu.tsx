"use client";

import { Button, Kbd } from "@mantine/core";
import {
  IconAlarm,
  IconAlarmSnooze,
  IconCalendarTime,
  IconPlayerSkipForward,
  IconPlayerTrackPrev,
  IconUserShare,
} from "@tabler/icons-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { openStates } from "@/lib/request";
import type { RequestDetail } from "../api";
import { Menu } from "../menu";
import { MinuteTime } from "../relative-time";
import { useShortcuts } from "../shell/shortcuts";
import { whileOpen } from "./filter";
import { HandOver } from "./hand-over";
import { type Moment, momentsFrom } from "./moments";
import { PickTime } from "./pick-time";
import type { SettingAside } from "./set-aside";
import classes from "./set-aside-menu.module.css";

interface SetAsideMenuProps {
  request: RequestDetail;
  acts: SettingAside;
  /** The request is out of the way now: on to the next. */
  onDone: () => void;
}

/** "Not now", in four ways. Opens with "s", its first item is to skip: "s" and Enter pass on. */
export function SetAsideMenu({ request, acts, onDone }: SetAsideMenuProps) {
  const t = useTranslations("requests.aside");
  const zone = useTimeZone() ?? "UTC";
  const [isOpen, setOpen] = useState(false);
  const [moments, setMoments] = useState<Moment[]>([]);
  const [dialogue, setDialogue] = useState<"time" | "colleague" | null>(null);
  const isOffered = request.canDecide && openStates.some((state) => state === request.state);
  const change = (opens: boolean) => {
    // What the clock says when it is opened; while it is open its times stay.
    if (opens) setMoments(momentsFrom(new Date(), zone));
    setOpen(opens);
  };
  useShortcuts({ s: isOffered ? whileOpen(request.id, () => change(true)) : undefined });
  if (!isOffered) return null;
  const { id } = request;
  const snooze = (until: Date) => acts.snooze.mutate({ id, until }, { onSuccess: onDone });
  return (
    <>
      <Menu opened={isOpen} onChange={change} position="bottom-end" width={264}>
        <Menu.Target>
          <Button
            className={classes.target}
            leftSection={<IconAlarmSnooze size={16} stroke={1.8} />}
            rightSection={
              <Kbd size="xs" className={classes.key} aria-hidden="true">
                S
              </Kbd>
            }
          >
            {t("open")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {request.isSkipped ? (
            <Menu.Item
              data-autofocus
              leftSection={<IconPlayerTrackPrev size={16} stroke={1.7} />}
              onClick={() => acts.skip.mutate({ id, isSkipped: false })}
            >
              {t("unskip")}
            </Menu.Item>
          ) : (
            <Menu.Item
              data-autofocus
              leftSection={<IconPlayerSkipForward size={16} stroke={1.7} />}
              onClick={() => acts.skip.mutate({ id, isSkipped: true }, { onSuccess: onDone })}
            >
              {t("skip")}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Label>{t("until")}</Menu.Label>
          {moments.map(({ name, at }) => (
            <Menu.Item
              key={name}
              leftSection={<IconAlarm size={16} stroke={1.7} />}
              rightSection={
                <span className={classes.time}>
                  <MinuteTime at={at} />
                </span>
              }
              onClick={() => snooze(at)}
            >
              {t(`moment.${name}`)}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconCalendarTime size={16} stroke={1.7} />} onClick={() => setDialogue("time")}>
            {t("pick")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconUserShare size={16} stroke={1.7} />} onClick={() => setDialogue("colleague")}>
            {t("handOver")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PickTime
        isOpen={dialogue === "time"}
        onClose={() => setDialogue(null)}
        onPick={(until) => {
          setDialogue(null);
          snooze(until);
        }}
      />
      <HandOver
        id={id}
        isOpen={dialogue === "colleague"}
        onClose={() => setDialogue(null)}
        onHandOver={(operatorId, why) => {
          setDialogue(null);
          acts.handOver.mutate({ id, operatorId, ...(why ? { why } : {}) }, { onSuccess: onDone });
        }}
      />
    </>
  );
}
