"use client";

import {
  type ButtonHTMLAttributes,
  cloneElement,
  createContext,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import Link from "./link";
import classes from "./menu.module.css";
import { MenuBox } from "./menu-box";

interface MenuState {
  id: string;
  isOpen: boolean;
  change: (isOpen: boolean) => void;
  target: RefObject<HTMLElement | null>;
  position: "bottom-end" | "bottom-start" | "top-start" | "top-end";
  width: number;
}

const MenuContext = createContext<MenuState | null>(null);

/** The menu around. Throws outside of one. */
export function useMenu(): MenuState {
  const menu = use(MenuContext);
  if (!menu) throw new Error("A part of a menu stands outside of one");
  return menu;
}

interface MenuProps {
  /** Where the caller keeps whether it is open; else it keeps that itself. */
  opened?: boolean;
  onChange?: (isOpen: boolean) => void;
  position?: MenuState["position"];
  width?: number;
  children: ReactNode;
}

/**
 * A button with a list of acts. Stands in for Mantine's menu, with the same parts and looks, because that brings the
 * reckoning of everything that can float with it: forty kilobytes on every page before anybody opens one.
 */
export function Menu({ opened, onChange, position = "bottom-end", width = 220, children }: MenuProps) {
  const id = useId();
  const target = useRef<HTMLElement>(null);
  const [own, setOwn] = useState(false);
  const isOpen = opened ?? own;
  const heard = useRef(onChange);
  useEffect(() => {
    heard.current = onChange;
  });
  const state = useMemo(() => {
    const change = (next: boolean) => {
      setOwn(next);
      heard.current?.(next);
    };
    return { id, isOpen, change, target, position, width };
  }, [id, isOpen, position, width]);
  return <MenuContext value={state}>{children}</MenuContext>;
}

interface TargetProps {
  /** A button: it gets what opens the menu and tells of it. */
  children: ReactElement<ButtonHTMLAttributes<HTMLButtonElement> & { ref?: RefObject<HTMLElement | null> }>;
}

function Target({ children }: TargetProps) {
  const { id, isOpen, change, target } = useMenu();
  return cloneElement(children, {
    ref: target,
    "aria-haspopup": "menu",
    "aria-expanded": isOpen,
    ...(isOpen ? { "aria-controls": id } : {}),
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      children.props.onClick?.(event);
      change(!isOpen);
    },
  });
}

function Dropdown({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return useMenu().isOpen ? <MenuBox className={className}>{children}</MenuBox> : null;
}

interface ItemProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  leftSection?: ReactNode;
  rightSection?: ReactNode;
  closeMenuOnClick?: boolean;
}

function Item({ leftSection, rightSection, closeMenuOnClick = true, onClick, children, ...rest }: ItemProps) {
  const { change, target } = useMenu();
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      // A dialogue around the menu does not take its Escape for its own.
      data-mantine-stop-propagation="true"
      {...rest}
      className={classes.item}
      onClick={(event) => {
        if (closeMenuOnClick) {
          // First, so that what the act opens finds where to return the focus to.
          target.current?.focus({ preventScroll: true });
          change(false);
        }
        onClick?.(event);
      }}
    >
      {leftSection && <span className={classes.section}>{leftSection}</span>}
      <span className={classes.label}>{children}</span>
      {rightSection && <span className={classes.section}>{rightSection}</span>}
    </button>
  );
}

/** An item that leads to another page. */
function Leading({ leftSection, href, children }: { leftSection?: ReactNode; href: string; children: ReactNode }) {
  const { change } = useMenu();
  return (
    <Link role="menuitem" tabIndex={-1} className={classes.item} href={href} onClick={() => change(false)}>
      {leftSection && <span className={classes.section}>{leftSection}</span>}
      <span className={classes.label}>{children}</span>
    </Link>
  );
}

function Label({ children }: { children: ReactNode }) {
  return <div className={classes.heading}>{children}</div>;
}

function Divider() {
  return <hr className={classes.divider} />;
}

Menu.Target = Target;
Menu.Dropdown = Dropdown;
Menu.Item = Item;
Menu.Link = Leading;
Menu.Label = Label;
Menu.Divider = Divider;
