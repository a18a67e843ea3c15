"""Tasks by hand: the board, the details, many at once, very many."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.stack import Stack
from tests.waiting import wait_for


def test_a_card_is_dragged_to_another_column(visitor: Visitor):
    task = visitor.person.post("/tasks/", {"title": "Paint the fence"})
    first = visitor.person.post("/tasks/", {"title": "First", "status": "in_progress"})
    visitor.go("board")
    card = visitor.page.locator(f"[data-card='{task['id']}']")
    card.drag_to(visitor.page.locator(f"[data-card='{first['id']}']"))
    wait_for(lambda: status(visitor, task["id"]) == "in_progress", what="the card to move")
    column = visitor.page.locator("[data-column=in_progress] .title")
    expect(column).to_have_text(["Paint the fence", "First"])


def test_everything_works_with_the_keyboard_alone(visitor: Visitor):
    page = visitor.page
    task = visitor.person.post("/tasks/", {"title": "Sweep the yard"})
    page.keyboard.press("Tab")
    visitor.go("board")
    card = page.locator(f"[data-card='{task['id']}'] [data-stop]")
    card.focus()
    page.keyboard.press("Alt+ArrowRight")
    wait_for(lambda: status(visitor, task["id"]) == "in_progress", what="the card to move")
    expect(card).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Task")
    expect(dialog).to_be_visible()
    title = dialog.get_by_role("textbox", name="Title")
    title.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Sweep the whole yard")
    page.keyboard.press("Enter")
    wait_for(lambda: read(visitor, task["id"])["title"] == "Sweep the whole yard", what="the title")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    visitor.composer().focus()
    page.keyboard.type("buy milk")
    page.keyboard.press("Enter")
    expect(visitor.last_reply().locator(".receipt")).to_have_count(1)


def test_a_task_is_changed_in_its_details(visitor: Visitor):
    page = visitor.page
    task = visitor.person.post("/tasks/", {"title": "Plan the trip", "due_on": "2030-01-02"})
    visitor.go(f"upcoming?task={task['id']}")
    dialog = page.get_by_role("dialog", name="Task")
    dialog.get_by_label("Priority").select_option("high")
    wait_for(lambda: read(visitor, task["id"])["priority"] == "high", what="the priority")
    dialog.get_by_label("Repeats").select_option("FREQ=WEEKLY")
    expect(dialog.get_by_text("every week", exact=True)).to_be_visible()
    dialog.get_by_label("Add a label").fill("travel")
    dialog.get_by_label("Add a label").press("Enter")
    expect(dialog.locator(".label", has_text="travel")).to_be_visible()
    dialog.get_by_label("Add a subtask").fill("Book a train")
    dialog.get_by_label("Add a subtask").press("Enter")
    expect(dialog.get_by_role("button", name="Book a train")).to_be_visible()
    dialog.get_by_label("Remind before it is due").select_option("60")
    expect(dialog.get_by_text("1 hour before ·")).to_be_visible()
    dialog.get_by_text("History").click()
    dialog.locator(".history li", has_text="High").get_by_role("button", name="Undo").first.click()
    wait_for(lambda: read(visitor, task["id"])["priority"] == "none", what="the priority to go back")
    dialog.get_by_role("button", name="Trash").click()
    expect(dialog).to_be_hidden()
    visitor.go("trash")
    page.get_by_role("button", name="Restore Plan the trip").click()
    wait_for(lambda: read(visitor, task["id"])["trashed_at"] is None, what="the task to come back")


def test_several_are_changed_together(visitor: Visitor):
    for title in ("One", "Two", "Three"):
        visitor.person.post("/tasks/", {"title": title, "due_on": "2026-01-02"})
    visitor.go("today")
    page = visitor.page
    page.get_by_role("button", name="Select", exact=True).click()
    page.get_by_role("checkbox", name="Select One").click()
    page.get_by_role("checkbox", name="Select Three").click()
    page.get_by_role("button", name="Complete").click()
    expect(page.locator(".task")).to_have_count(1)
    assert visitor.titles() == ["Two"]


def test_ten_thousand_tasks_scroll(stack: Stack, visitor: Visitor):
    copy_task(stack, visitor.person.post("/tasks/", {"title": "Task 00000"})["id"], 9_999)
    inbox = visitor.person.get("/lists/")["results"][0]["id"]
    visitor.page.reload()
    visitor.go(f"list/{inbox}")
    page = visitor.page
    slots = page.locator(".slot").first
    expect(slots).to_have_attribute("aria-setsize", "10000", timeout=60_000)
    assert page.locator(".task").count() < 60
    longest = page.evaluate(SCROLL)
    expect(page.get_by_text("Task 09999")).to_be_visible()
    assert page.locator(".task").count() < 60
    print(f"10,000 tasks: longest frame while scrolling {longest:.0f} ms")  # noqa: T201 - a figure for the reader


# Scrolls from the top to the end in a hundred steps, one a frame; answers the longest frame in ms.
SCROLL = """async () => {
  const box = document.querySelector(".fill > .scroll");
  const step = box.scrollHeight / 100;
  let longest = 0, last = performance.now();
  for (let n = 0; n <= 101; n += 1) {
    box.scrollTop = n * step;
    await new Promise(requestAnimationFrame);
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return longest;
}"""


COPY = """
INSERT INTO tasks_task ({columns})
SELECT {columns} FROM tasks_task AS old, generate_series(1, %s) AS n,
       jsonb_populate_record(old, jsonb_build_object('id', gen_random_uuid(),
           'title', 'Task ' || lpad(n::text, 5, '0'), 'position', 'a1' || lpad(n::text, 5, '0'))) AS new
 WHERE old.id = %s
"""
COLUMNS = """SELECT string_agg(column_name, ', ') FROM information_schema.columns
              WHERE table_name = 'tasks_task' AND is_generated = 'NEVER'"""


def copy_task(stack: Stack, task_id: str, count: int) -> None:
    """So many more, straight into the database: through the doors it would take too long."""
    with stack.database() as database:
        names = database.execute(COLUMNS).fetchone()
        assert names
        taken = ", ".join(f"new.{name}" for name in names[0].split(", "))
        statement = COPY.replace("{columns}", names[0], 1).replace("{columns}", taken)
        database.execute(statement.encode(), [count, task_id])


def read(visitor: Visitor, task_id: str) -> dict:
    return visitor.person.get(f"/tasks/{task_id}/")


def status(visitor: Visitor, task_id: str) -> str:
    return read(visitor, task_id)["status"]
