"use client";

import {
  IconArrowDown,
  IconArrowUp,
  IconBell,
  IconBellOff,
  IconDots,
  IconLock,
  IconPencil,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SavedView } from "../api";
import { IconButton } from "../icon-button";
import { Menu } from "../menu";
import { askPermission, readPermission, useNotifySetting } from "../notify/setting";
import { useCan } from "../shell/access";
import { toast } from "../toast";
import classes from "./view-list.module.css";
import { useViewActs } from "./views";

const Dialogue = dynamic(() => import("./view-dialogue").then((module) => module.ViewDialogue), { ssr: false });

/** What can be done with a view by who may change it. */
export function ViewMenu({ view, views }: { view: SavedView; views: readonly SavedView[] }) {
  const t = useTranslations("views");
  const notify = useTranslations("notify");
  const mayShare = useCan("requests.view");
  const { share, order } = useViewActs();
  const [asks, ask] = useState<"rename" | "remove" | null>(null);
  const [setting, change] = useNotifySetting();
  const isTold = setting.isOn && setting.views.includes(view.id);
  const mayTell = view.page === "requests";
  if (!view.canEdit && !mayTell) return null;
  const own = views.filter(({ isOwn }) => isOwn).map(({ id }) => id);
  const at = own.indexOf(view.id);
  const tell = async () => {
    if ((await askPermission()) !== "granted") {
      const state = readPermission();
      return toast({ tone: "odd", title: notify(`state.${state === "granted" ? "off" : state}`) });
    }
    const views = setting.views.filter((id) => id !== view.id);
    change(isTold ? { views } : { isOn: true, views: [...views, view.id] });
  };
  const move = (by: 1 | -1) => {
    const ids = own.filter((id) => id !== view.id);
    ids.splice(at + by, 0, view.id);
    order.mutate({ ids });
  };
  return (
    <>
      <Menu position="bottom-end" width={190}>
        <Menu.Target>
          <IconButton size={24} className={classes.menu} aria-label={t("menu", { name: view.name })}>
            <IconDots size={15} stroke={1.8} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {mayTell && (
            <Menu.Item leftSection={isTold ? <IconBellOff size={15} /> : <IconBell size={15} />} onClick={tell}>
              {isTold ? notify("untellView") : notify("tellView")}
            </Menu.Item>
          )}
          {view.canEdit && (
            <>
              <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => ask("rename")}>
                {t("rename")}
              </Menu.Item>
              {view.isTeam && (
                <Menu.Item
                  leftSection={<IconLock size={15} />}
                  onClick={() => share.mutate({ id: view.id, isTeam: false })}
                >
                  {t("unshare")}
                </Menu.Item>
              )}
              {!view.isTeam && mayShare && (
                <Menu.Item
                  leftSection={<IconUsers size={15} />}
                  onClick={() => share.mutate({ id: view.id, isTeam: true })}
                >
                  {t("share")}
                </Menu.Item>
              )}
              {view.isOwn && own.length > 1 && (
                <>
                  <Menu.Item leftSection={<IconArrowUp size={15} />} disabled={at === 0} onClick={() => move(-1)}>
                    {t("up")}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconArrowDown size={15} />}
                    disabled={at === own.length - 1}
                    onClick={() => move(1)}
                  >
                    {t("down")}
                  </Menu.Item>
                </>
              )}
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => ask("remove")}>
                {t("remove")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asks && <Dialogue wish={{ to: asks, view }} onClose={() => ask(null)} />}
    </>
  );
}
