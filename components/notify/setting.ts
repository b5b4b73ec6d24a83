"use client";

import { useLocalStorage } from "@mantine/hooks";

/** What this browser tells of outside the page. */
export interface NotifySetting {
  isOn: boolean;
  /** Of bots that drop and recover. */
  bots: boolean;
  /** Saved views whose new requests are told of, by id. */
  views: string[];
}

const none: NotifySetting = { isOn: false, bots: true, views: [] };

/** The choice of this browser, shared by its tabs. Off until somebody switches it on. */
export function useNotifySetting(): [NotifySetting, (change: Partial<NotifySetting>) => void] {
  const [kept, keep] = useLocalStorage<Partial<NotifySetting>>({
    key: "gatehouse.notify",
    defaultValue: none,
    getInitialValueInEffect: true,
  });
  const setting = { ...none, ...kept };
  return [setting, (change) => keep({ ...setting, ...change })];
}

export type NotifyPermission = NotificationPermission | "impossible";

/** What the browser allows now. On plain http, and in some browsers on phones, there are no notifications at all. */
export function readPermission(): NotifyPermission {
  return typeof window === "undefined" || !("Notification" in window) || !("locks" in navigator)
    ? "impossible"
    : Notification.permission;
}

/** Asks the browser: in a click only, for nobody likes to be asked unawares. */
export async function askPermission(): Promise<NotifyPermission> {
  if (readPermission() !== "default") return readPermission();
  return await Notification.requestPermission();
}
