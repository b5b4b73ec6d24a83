"use client";

import dynamic from "next/dynamic";
import { readPermission, useNotifySetting } from "./setting";

const Notifier = dynamic(() => import("./notifier").then((module) => module.Notifier), { ssr: false });

/** News outside the page, where this browser was asked to tell it and may. */
export function Notify() {
  const [{ isOn }] = useNotifySetting();
  return isOn && readPermission() === "granted" ? <Notifier /> : null;
}
