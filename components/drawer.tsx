"use client";

import type { DrawerProps } from "@mantine/core";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { atFirstHand } from "./hand";
import { useWasOpen } from "./opening";

const load = () => import("./late-drawer");
const LateDrawer = dynamic(load, { ssr: false });

/** Mantine's drawer, brought when one is first opened: most pages are left without. */
export function Drawer(props: DrawerProps) {
  useEffect(() => atFirstHand(load), []);
  return useWasOpen(props.opened) ? <LateDrawer {...props} /> : null;
}
