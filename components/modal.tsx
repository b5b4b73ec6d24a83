"use client";

import type { ModalProps } from "@mantine/core";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { atFirstHand } from "./hand";
import { useWasOpen } from "./opening";

const load = () => import("./late-modal");
const LateModal = dynamic(load, { ssr: false });

/** Mantine's dialogue, brought when one is first opened: most pages are left without. */
export function Modal(props: ModalProps) {
  useEffect(() => atFirstHand(load), []);
  return useWasOpen(props.opened) ? <LateModal {...props} /> : null;
}
