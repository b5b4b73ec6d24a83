"use client";

import { Button, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OperatorRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import { Page, Section } from "../page";
import { RelativeTime } from "../relative-time";
import { useCan, useSessionInfo } from "../shell/access";
import { useTRPC } from "../trpc";
import { EditOperator } from "./edit-operator";
import { GrantTags } from "./grant-tags";
import { Invites } from "./invites";
import { NewInvite } from "./new-invite";
import classes from "./operators-page.module.css";

/** The people of the desk, what they may do and where, and the open invites. */
export function OperatorsPage() {
  const t = useTranslations("operators");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const operators = useQuery(trpc.operators.list.queryOptions());
  const canManage = useCan("operators.manage");
  const [isInviting, inviting] = useDisclosure(false);
  const [edited, setEdited] = useState<OperatorRow | null>(null);
  return (
    <Page
      title={t("title")}
      description={t("description")}
      actions={
        canManage && (
          <Button
            size="sm"
            variant="filled"
            leftSection={<IconUserPlus size={16} stroke={2} />}
            onClick={inviting.open}
          >
            {t("invite")}
          </Button>
        )
      }
    >
      {operators.isPending && <Skeleton height={180} radius={10} role="status" aria-label={common("loading")} />}
      {operators.isError && (
        <FailurePanel error={operators.error}>
          <Button onClick={() => operators.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {operators.data && (
        <Section title={t("people")}>
          <ul className={classes.list}>
            {operators.data.map((operator) => (
              <li key={operator.id} className={classes.row} data-off={operator.isDisabled || undefined}>
                <One operator={operator} onEdit={() => setEdited(operator)} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Invites canManage={canManage} />
      <NewInvite isOpen={isInviting} onClose={inviting.close} />
      {edited && <EditOperator operator={edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function One({ operator, onEdit }: { operator: OperatorRow; onEdit: () => void }) {
  const t = useTranslations("operators");
  const isSelf = useSessionInfo()?.operator.id === operator.id;
  return (
    <>
      <Initials id={operator.id} name={operator.name} size={34} />
      <span className={classes.who}>
        <span className={classes.name}>
          {operator.name}
          {isSelf && <span className={classes.tag}>{t("you")}</span>}
          {operator.isDisabled && <span className={classes.tag}>{t("disabled")}</span>}
        </span>
        <span className={classes.small}>{operator.email}</span>
      </span>
      <span className={classes.grants}>
        <GrantTags grants={operator.grants} />
        <span className={classes.small}>
          {operator.lastSeenAt
            ? t.rich("lastSeen", { time: () => operator.lastSeenAt && <RelativeTime at={operator.lastSeenAt} /> })
            : t("neverSeen")}
        </span>
      </span>
      {operator.canManage && (
        <Button aria-label={t("editNamed", { name: operator.name })} onClick={onEdit}>
          {t("edit")}
        </Button>
      )}
    </>
  );
}
