import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import Link from "./link";
import classes from "./page.module.css";

interface PageProps {
  title: string;
  description?: string;
  /** The list this page belongs to. */
  up?: { href: string; name: string };
  actions?: ReactNode;
  children: ReactNode;
  /** `wide` for tables, else a reading width. */
  wide?: boolean;
}

/** A page that scrolls as a whole: title, one line about it, its acts, then the content. */
export function Page({ title, description, up, actions, children, wide = false }: PageProps) {
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {up && (
            <Link className={classes.up} href={up.href}>
              <IconChevronLeft size={14} aria-hidden="true" />
              {up.name}
            </Link>
          )}
          <h1 className={classes.title}>{title}</h1>
          {description && <p className={classes.description}>{description}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  description?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
  tone?: "danger";
}

/** A titled block of a page. */
export function Section({ title, description, actions, children, tone }: SectionProps) {
  return (
    <section className={classes.section} data-tone={tone} aria-label={title}>
      <div className={classes.sectionHeader}>
        <div>
          <h2 className={classes.sectionTitle}>{title}</h2>
          {description && <p className={classes.sectionDescription}>{description}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={classes.sectionBody}>{children}</div>
    </section>
  );
}

/** A block that opens; `isOpen` is how it starts. `onOpen` is told of the first time and each after it. */
export function Fold({
  title,
  description,
  isOpen,
  onOpen,
  children,
}: {
  title: string;
  description: string;
  isOpen: boolean;
  onOpen?: () => void;
  children: ReactNode;
}) {
  return (
    <details
      className={classes.section}
      open={isOpen}
      {...(onOpen && { onToggle: (event) => event.currentTarget.open && onOpen() })}
    >
      <summary className={classes.fold}>
        <IconChevronRight className={classes.chevron} size={16} stroke={1.8} aria-hidden="true" />
        <h2 className={classes.sectionTitle}>{title}</h2>
        <span className={classes.sectionDescription}>{description}</span>
      </summary>
      <div className={classes.sectionBody}>{children}</div>
    </details>
  );
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <div className={classes.emptyIcon}>{icon}</div>
      <p className={classes.emptyTitle}>{title}</p>
      {children && <p className={classes.emptyText}>{children}</p>}
      {action}
    </div>
  );
}
