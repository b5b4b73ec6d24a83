"use client";

import { Button, Switch } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useState } from "react";
import classes from "../account/account-page.module.css";
import { Section } from "../page";
import { useViews } from "../views/views";
import { askPermission, type NotifyPermission, readPermission, useNotifySetting } from "./setting";

/** Notifications of this browser: whether it may, and of what. The browser is asked in the click on the button only. */
export function NotifySection() {
  const t = useTranslations("notify");
  const isMounted = useMounted();
  const [setting, change] = useNotifySetting();
  const [answered, setAnswered] = useState<NotifyPermission | null>(null);
  const views = useViews().filter(({ page }) => page === "requests");
  const permission = answered ?? (isMounted ? readPermission() : "default");
  const isOn = setting.isOn && permission === "granted";
  const state = isOn ? "on" : permission === "granted" ? "off" : permission;
  const switchOn = async () => {
    const answer = await askPermission();
    setAnswered(answer);
    if (answer === "granted") change({ isOn: true });
  };
  return (
    <Section
      title={t("title")}
      description={t("text")}
      actions={
        isOn ? (
          <Button onClick={() => change({ isOn: false })}>{t("off")}</Button>
        ) : (
          <Button disabled={permission === "denied" || permission === "impossible"} onClick={switchOn}>
            {t("on")}
          </Button>
        )
      }
    >
      <p className={classes.small} role="status">
        {t(`state.${state}`)}
      </p>
      {isOn && (
        <div className={classes.form}>
          <Switch
            label={t("bots")}
            checked={setting.bots}
            onChange={(event) => change({ bots: event.currentTarget.checked })}
          />
          {views.map(({ id, name }) => (
            <Switch
              key={id}
              label={t("view", { name })}
              checked={setting.views.includes(id)}
              onChange={(event) =>
                change({
                  views: event.currentTarget.checked
                    ? [...setting.views, id]
                    : setting.views.filter((one) => one !== id),
                })
              }
            />
          ))}
          {views.length === 0 && <p className={classes.small}>{t("noViews")}</p>}
        </div>
      )}
    </Section>
  );
}
