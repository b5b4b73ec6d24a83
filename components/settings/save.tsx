"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { FailurePanel } from "../failure-panel";
import { SteadyButton } from "../steady-button";
import { useTRPC } from "../trpc";
import classes from "./settings.module.css";

/** Changes some of the desk's preferences. What was stored is shown at once; who else looks is told by the live feed. */
export function useSavePreferences() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.preferences.set.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.preferences.pathFilter()),
    }),
  );
}

interface SaveBarProps {
  save: Pick<ReturnType<typeof useSavePreferences>, "isPending" | "isError" | "isSuccess" | "error">;
  isChanged: boolean;
  onDrop: () => void;
}

/** The end of a form of settings: saves what is changed, or drops it. */
export function SaveBar({ save, isChanged, onDrop }: SaveBarProps) {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const saving = useRef<HTMLButtonElement>(null);
  return (
    <>
      {save.isError && <FailurePanel error={save.error} />}
      <div className={classes.save}>
        <SteadyButton
          ref={saving}
          type="submit"
          size="sm"
          variant="filled"
          disabled={!isChanged}
          loading={save.isPending}
        >
          {common("save")}
        </SteadyButton>
        {isChanged && !save.isPending && (
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              onDrop();
              // What was pressed goes with what it dropped.
              saving.current?.focus({ preventScroll: true });
            }}
          >
            {t("drop")}
          </Button>
        )}
        <span role="status" className={classes.hint}>
          {save.isSuccess && !isChanged && t("saved")}
        </span>
      </div>
    </>
  );
}
