import { type Actions, type Call, id, page, personOf, Refusal, toAccount } from "./call";
import type { Category, Person } from "./world";

export function categoriesOf({ world }: Call, me: Person): Category[] {
  return [...world.categories.values()].filter(({ owner }) => owner === me.id);
}

function categoryOf(call: Call, me: Person): Category {
  const category = call.world.categories.get(call.text("groupId"));
  if (category?.owner !== me.id) throw new Refusal("好友分组不存在");
  return category;
}

function toCategory(call: Call, me: Person, category: Category): unknown {
  const friends = [...category.members].map((member, index) => {
    const { remark, label } = call.world.notes.get(`${me.id}-${member}`) ?? { remark: "", label: "" };
    // The number of the friendship, which is not the person's.
    return { id: index + 1, account: toAccount(personOf(call, member)), remark, label };
  });
  return { id: id(category.id), name: category.name, friends };
}

function nameIsFree(call: Call, me: Person, except?: Category): void {
  if (categoriesOf(call, me).some((each) => each !== except && each.name === call.text("name")))
    throw new Refusal("好友分组已存在");
}

/** The drawers a person sorts friends into. */
export const categoryActions: Actions = {
  "GET /friends/groups": {
    needs: [],
    run: (call, me) => page(categoriesOf(call, me).map((category) => toCategory(call, me, category))),
  },
  "GET /friends/group": {
    needs: ["groupId#"],
    run: (call, me) => toCategory(call, me, categoryOf(call, me)),
  },
  "POST /friends/groups": {
    needs: ["name"],
    run: (call, me) => {
      nameIsFree(call, me);
      call.world.addCategory(me.id, call.text("name"), call.all("members"));
      return {};
    },
  },
  "PUT /friends/groups/name": {
    needs: ["groupId#", "name"],
    run: (call, me) => {
      const category = categoryOf(call, me);
      nameIsFree(call, me, category);
      category.name = call.text("name");
      return null;
    },
  },
  "DELETE /friends/groups": {
    needs: ["groupId#"],
    run: (call, me) => void call.world.categories.delete(categoryOf(call, me).id),
  },
  "POST /friends/groups/members": {
    needs: ["groupId#", "members*"],
    run: (call, me) => {
      const { members } = categoryOf(call, me);
      for (const member of call.all("members")) members.add(member);
      return null;
    },
  },
  "DELETE /friends/groups/members": {
    needs: ["groupId#", "members*"],
    run: (call, me) => {
      const { members } = categoryOf(call, me);
      for (const member of call.all("members")) members.delete(member);
      return null;
    },
  },
};
