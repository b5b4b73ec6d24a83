"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { isSameView, longestViewName, type ViewPage, type ViewQuery } from "@/lib/view";
import type { SavedView } from "../api";
import dialogue from "../dialogue.module.css";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useCan } from "../shell/access";
import { useTRPC } from "../trpc";
import { useViews } from "./views";

type Wish = { to: "save"; page: ViewPage; query: ViewQuery } | { to: "rename" | "remove"; view: SavedView };

/** Asks for what a wish needs: a name, or whether it is meant. Loaded when it opens. */
export function ViewDialogue({ wish, onClose }: { wish: Wish; onClose: () => void }) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const title = wish.to === "save" ? t("save") : t(`${wish.to}Named`, { name: wish.view.name });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": common("close") }}>
      {wish.to === "save" && <Save page={wish.page} query={wish.query} onClose={onClose} />}
      {wish.to === "rename" && <Rename view={wish.view} onClose={onClose} />}
      {wish.to === "remove" && <Remove view={wish.view} onClose={onClose} />}
    </Modal>
  );
}

function useDone(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return { onSuccess: onClose, onSettled: () => queryClient.invalidateQueries(trpc.views.pathFilter()) };
}

function Save({ page, query, onClose }: { page: ViewPage; query: ViewQuery; onClose: () => void }) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const mayShare = useCan("requests.view");
  const views = useViews().filter((view) => view.page === page && view.canEdit);
  const same = views.find((view) => view.isOwn && isSameView(page, view.query, query));
  const [name, setName] = useState(same?.name ?? "");
  const [isTeam, setTeam] = useState(same?.isTeam ?? false);
  const save = useMutation(trpc.views.save.mutationOptions(useDone(onClose)));
  const { fields, rest } = useFaults(["name"])(save.error);
  // A name that is there already means that view; else these very filters under their new name.
  const named = views.find((view) => view.isOwn && view.name === name.trim());
  const replaced = named ?? same;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...(replaced ? { id: replaced.id } : {}), name: name.trim(), page, query, isTeam });
  };
  return (
    <form className={dialogue.form} onSubmit={submit}>
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        required
        maxLength={longestViewName}
        autoComplete="off"
        data-autofocus
        value={name}
        error={fields.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {mayShare && (
        <Checkbox
          label={t("team")}
          description={t("teamHint")}
          checked={isTeam}
          onChange={(event) => setTeam(event.currentTarget.checked)}
        />
      )}
      {named && named.id !== same?.id && <p className={dialogue.lead}>{t("replaces", { name: named.name })}</p>}
      {Object.keys(query).length === 0 && <p className={dialogue.lead}>{t("noFilter")}</p>}
      {rest !== null && <FailurePanel error={rest} />}
      <div className={dialogue.buttons}>
        <Button size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" size="sm" variant="filled" disabled={name.trim() === ""} loading={save.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}

function Rename({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [name, setName] = useState(view.name);
  const rename = useMutation(trpc.views.rename.mutationOptions(useDone(onClose)));
  const { fields, rest } = useFaults(["name"])(rename.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ id: view.id, name: name.trim() });
  };
  return (
    <form className={dialogue.form} onSubmit={submit}>
      <TextInput
        label={t("name")}
        required
        maxLength={longestViewName}
        autoComplete="off"
        data-autofocus
        value={name}
        error={fields.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {rest !== null && <FailurePanel error={rest} />}
      <div className={dialogue.buttons}>
        <Button size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" size="sm" variant="filled" disabled={name.trim() === ""} loading={rename.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}

function Remove({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const remove = useMutation(trpc.views.remove.mutationOptions(useDone(onClose)));
  return (
    <div className={dialogue.form}>
      <p className={dialogue.lead}>{view.isTeam ? t("removeTeamText") : t("removeText")}</p>
      {remove.isError && <FailurePanel error={remove.error} />}
      <div className={dialogue.buttons}>
        <Button size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button
          size="sm"
          variant="filled"
          data-autofocus
          loading={remove.isPending}
          onClick={() => remove.mutate({ id: view.id })}
        >
          {t("remove")}
        </Button>
      </div>
    </div>
  );
}
