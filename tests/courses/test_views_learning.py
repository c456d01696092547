"""What learners send: a 303 for what was recorded, a 422 with everything kept for what was
refused."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from content import version
from courses import actions
from courses.models import Ask, Attempt, CourseBefore, Enrolment, HandIn
from hub.demo.learners import small_photo
from tests.courses.test_actions_learning import limited
from tests.courses.test_actions_work import ASKING
from tests.factories import add_lesson, block_of, make_course, packs_of, page_of

pytestmark = pytest.mark.django_db
SAME_SITE = {"HTTP_ORIGIN": "http://testserver"}


def quiz_of(cast: SimpleNamespace):
    return packs_of(cast.course)[1]


def answer_url(pack) -> str:
    return f"/learn/lessons/{pack.uuid}/answer/"


def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def test_answer_of_a_visitor_is_kept_in_the_session(cast: SimpleNamespace) -> None:
    client, quiz = visitor(), quiz_of(cast)
    second = block_of(quiz, "second")
    data = {"block": second, f"q-{second}": "Browser", f"n-{second}": "1"}
    response = client.post(answer_url(quiz), data, **SAME_SITE)
    assert (response.status_code, response["Location"]) == (303, f"{quiz.url}#q-{second}")
    page = client.get(quiz.url).content.decode()
    assert "note-right" in page and 'value="Browser"' in page
    assert Attempt.objects.count() == 0


def test_answer_from_another_site_is_refused_and_kept(cast: SimpleNamespace) -> None:
    client, quiz = visitor(), quiz_of(cast)
    second = block_of(quiz, "second")
    data = {"block": second, f"q-{second}": "kept words"}
    response = client.post(answer_url(quiz), data, HTTP_ORIGIN="https://elsewhere.example")
    assert response.status_code == 403
    assert 'value="kept words"' in response.content.decode()


def test_right_answers_never_travel_before_the_answer(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    quiz = quiz_of(cast)
    for client in (Client(), signed_in(cast.learner)):
        page = client.get(quiz.url).content.decode()
        assert "SECRET-RIGHT" not in page and "SECRET-WRONG" not in page
        assert "web browser" not in page
    first = block_of(quiz, "first")
    wrong = next(one["id"] for one in quiz.definitions[first]["answers"] if not one["right"])
    client = signed_in(cast.learner)
    client.post(answer_url(quiz), {"block": first, f"q-{first}": wrong})
    page = client.get(quiz.url).content.decode()
    assert "SECRET-WRONG" in page and "SECRET-RIGHT" not in page


def test_answer_that_is_missing_is_said_so_with_the_rest_kept(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    quiz, client = quiz_of(cast), signed_in(cast.learner)
    first, second = block_of(quiz, "first"), block_of(quiz, "second")
    response = client.post(
        answer_url(quiz), {"block": [first, second], f"q-{second}": "my typed words"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "1 question has no answer yet." in page and "Choose an answer." in page
    assert 'value="my typed words"' in page
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"block": "nowhere"},
        {"block": "\x00"},
        {"block": "nowhere", "move": "a:b:c"},
        {"move": "x"},
    ],
)
def test_answer_of_nonsense_is_a_422(
    cast: SimpleNamespace, signed_in: Callable, data: dict
) -> None:
    response = signed_in(cast.learner).post(answer_url(quiz_of(cast)), data)
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("name", "value"), [("n", "-1"), ("n", "9" * 40), ("n", "x"), ("key", "no-uuid"), ("v", "zz")]
)
def test_answer_with_hostile_hidden_fields_is_one_attempt(
    cast: SimpleNamespace, signed_in: Callable, name: str, value: str
) -> None:
    quiz = quiz_of(cast)
    second = block_of(quiz, "second")
    field = name if name == "key" else f"{name}-{second}"
    data = {"block": second, f"q-{second}": "Browser", field: value}
    response = signed_in(cast.learner).post(answer_url(quiz), data)
    assert response.status_code == 303
    assert Attempt.objects.get().number == 1


def test_lesson_complete_of_a_visitor_offers_an_account_once(cast: SimpleNamespace) -> None:
    client = visitor()
    read, quiz, _task = packs_of(cast.course)
    url = f"/learn/lessons/{read.uuid}/done/"
    first = client.post(url, **SAME_SITE)
    assert first["Location"] == f"/accounts/signup/?next={quiz.url}"
    page = client.get(first["Location"]).content.decode()
    assert "You have done “Read 1”" in page and "Not now, go on reading" in page
    token = client.get(read.url).context["csrf_token"]
    again = client.post(url, {"csrfmiddlewaretoken": str(token)})
    assert again["Location"] == quiz.url


def test_a_visitor_who_did_all_is_offered_the_certificate(cast: SimpleNamespace) -> None:
    course = make_course(cast.hub, "short", ("read", "read"))
    client, url, (first, second) = Client(), page_of(course).url, packs_of(course)
    other = packs_of(cast.course)[0]
    client.post(f"/learn/lessons/{other.uuid}/done/")
    assert "Start the course" in client.get(url).content.decode()
    client.post(f"/learn/lessons/{first.uuid}/done/")
    page = client.get(url).content.decode()
    assert f'href="{second.url}">Continue the course' in page and "Start the course" not in page
    client.post(f"/learn/lessons/{second.uuid}/done/")
    page = client.get(url).content.decode()
    assert "You have done every lesson." in page and "Continue the course" not in page
    assert f'href="/accounts/signup/?next={url}"' in page
    signup = {"name": "New Person", "username": "newperson", "password1": "three small boats"}
    assert client.post(f"/accounts/signup/?next={url}", signup)["Location"] == url
    assert "See your certificate" in client.get(url).content.decode()


def test_sign_up_takes_over_what_was_kept(cast: SimpleNamespace) -> None:
    client = Client()
    read, quiz, _task = packs_of(cast.course)
    second = block_of(quiz, "second")
    client.post(answer_url(quiz), {"block": second, f"q-{second}": "Browser", f"n-{second}": "1"})
    client.post(f"/learn/lessons/{read.uuid}/done/")
    response = client.post(
        f"/accounts/signup/?next={quiz.url}",
        {"name": "New Person", "username": "newperson", "password1": "three small boats"},
    )
    assert (response.status_code, response["Location"]) in ((302, quiz.url), (303, quiz.url))
    enrolment = Enrolment.objects.get(member__username="newperson")
    assert enrolment.required_done == 1
    assert Attempt.objects.get(enrolment=enrolment).is_right
    assert "visit" not in client.session


def test_sign_in_takes_over_what_was_kept(cast: SimpleNamespace) -> None:
    client = Client()
    read = packs_of(cast.course)[0]
    client.post(f"/learn/lessons/{read.uuid}/done/")
    cast.learner.set_password("three small boats")
    cast.learner.save()
    client.post(
        "/accounts/login/", {"login": cast.learner.username, "password": "three small boats"}
    )
    assert client.session["_auth_user_id"] == str(cast.learner.pk)
    assert Enrolment.objects.get(member=cast.learner).required_done == 1
    assert "visit" not in client.session and "kept" not in client.session


def test_the_last_open_lesson_ends_at_the_certificate_wherever_it_stands(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    course = make_course(cast.hub, "two", ("read", "read"))
    first, last = packs_of(course)
    client = signed_in(cast.learner)
    client.post(f"/learn/lessons/{last.uuid}/done/")
    ended = client.post(f"/learn/lessons/{first.uuid}/done/")["Location"]
    assert ended == f"/certificates/{cast.learner.certificates.get(course=course).code}/"
    again = client.post(f"/learn/lessons/{first.uuid}/done/")["Location"]
    assert again == last.url


MAIN = re.compile(r'<(?:a|button)[^>]* class="button"[^>]*>([^<]+)<')


def test_whatever_finishes_the_course_ends_at_the_certificate(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    by_answer = make_course(cast.hub, "by-answer", ("read", "questions"))
    by_task = make_course(cast.hub, "by-task", ("read", "task"))
    client = signed_in(cast.learner)
    for course in (by_answer, by_task):
        client.post(f"/learn/lessons/{packs_of(course)[0].uuid}/done/")
    quiz, task = packs_of(by_answer)[1], packs_of(by_task)[1]
    first, second = (block_of(quiz, name, "by-answer") for name in ("first", "second"))
    right = next(one["id"] for one in quiz.definitions[first]["answers"] if one["right"])
    answers = {"block": [first, second], f"q-{first}": right, f"q-{second}": "Browser"}
    do_it = block_of(task, "do-it", "by-task")
    sent = {
        by_answer: (answer_url(quiz), answers),
        by_task: (f"/learn/lessons/{task.uuid}/hand-in/", {"block": do_it, "words": "Did it"}),
    }
    for course, (url, data) in sent.items():
        ended = client.post(url, data)
        page = f"/certificates/{cast.learner.certificates.get(course=course).code}/"
        assert (ended.status_code, ended["Location"]) == (303, page)
        shown = client.get(page).content.decode()
        assert "You have finished this course. Here is your certificate." in shown
        assert MAIN.findall(shown) == ["Print the certificate"]
        assert f'href="{page_of(course).url}"' in shown
        for place in (page_of(course), packs_of(course)[0], packs_of(course)[1]):
            html = client.get(place.url).content.decode()
            assert f'href="{page}"' in html
            assert MAIN.findall(html) == ["See your certificate"]
    assert client.post(answer_url(quiz), answers)["Location"] == f"{quiz.url}#q-{first}"


def test_an_extra_lesson_after_the_end_has_one_main_button(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    course = make_course(cast.hub, "extra", ("read",))
    extra = add_lesson(page_of(course), "read", "extra-2", is_required=False)
    actions.cut_release(course=course.key)
    version.bump()
    client, (read, more) = signed_in(cast.learner), packs_of(course)
    assert "/certificates/" in client.post(f"/learn/lessons/{read.uuid}/done/")["Location"]
    html = client.get(extra.url).content.decode()
    assert MAIN.findall(html) == ["Done, continue"]
    assert "See your certificate" in html
    client.post(f"/learn/lessons/{more.uuid}/done/")
    assert MAIN.findall(client.get(extra.url).content.decode()) == ["See your certificate"]


ORDER = """
---
title: {title}
slug: {slug}
minutes: 5
---
::: question order id=lines
In which order?
1. First
2. Second
3. Third
otherwise: Not this way.
:::

::: question one id=where
Where?
- [x] Here
  > Right. It is here.
- [ ] There
  > Not yet. It is near.
:::
"""


def test_lines_that_nobody_moved_are_no_answer(cast: SimpleNamespace) -> None:
    pack = packs_of(make_course(cast.hub, "lines", (ORDER,)))[0]
    block = block_of(pack, "lines", "lines")
    shown = [choice["id"] for choice in pack.public[block]["choices"]]
    client = Client()
    refused = client.post(answer_url(pack), {"block": block, f"q-{block}": shown})
    assert refused.status_code == 422 and "Put the lines in order." in refused.content.decode()
    moved = {"block": block, f"q-{block}": [*shown[1:], shown[0]]}
    assert client.post(answer_url(pack), moved).status_code == 303


def test_right_and_not_yet_are_said_once(cast: SimpleNamespace) -> None:
    pack = packs_of(make_course(cast.hub, "lines", (ORDER,)))[0]
    block = block_of(pack, "where", "lines")
    client = Client()
    for number, (said, why) in enumerate((("Not yet.", "It is near."), ("Right.", "It is here."))):
        chosen = pack.definitions[block]["answers"][1 - number]["id"]
        form = {"block": block, f"q-{block}": chosen, f"n-{block}": str(number + 1)}
        client.post(answer_url(pack), form)
        page = client.get(pack.url).content.decode()
        assert page.count(said) == 1 and f"<p>{why}</p>" in page


def fields_of(html: str) -> list[str]:
    """The questions of a page that can still be answered."""
    return re.findall(r'name="block" value="([^"]+)"', html)


@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_a_limit_of_tries_in_a_quiz_locks_nobody_out(
    cast: SimpleNamespace, signed_in: Callable, who: str
) -> None:
    quiz, once, free = limited(cast)
    client = Client() if who == "visitor" else signed_in(cast.learner)
    page = client.get(quiz.url).content.decode()
    assert "You have 1 try." in page and "you can try again" not in page
    form = {"block": [once, free], f"q-{once}": "browser", f"q-{free}": "mouse"}
    assert client.post(answer_url(quiz), form).status_code == 303
    page = client.get(quiz.url).content.decode()
    assert fields_of(page) == [free] and "Try again" in page
    assert re.search(r"Your answer:</span>\s+browser<", page)
    assert "You have 50% right and need 100%. Try the open ones again." in page
    stale = {"block": [once, free], f"q-{free}": "  "}
    refused = client.post(answer_url(quiz), stale)
    assert refused.status_code == 422
    assert "1 question has no answer yet." in refused.content.decode()
    form = {"block": [once, free], f"q-{once}": "other", f"q-{free}": "key", f"n-{free}": "2"}
    assert client.post(answer_url(quiz), form).status_code == 303
    page = client.get(quiz.url).content.decode()
    assert fields_of(page) == [] and "2 of 2 right." in page and "Try again" not in page


@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_no_tries_left_is_said_with_the_way_out(
    cast: SimpleNamespace, signed_in: Callable, who: str
) -> None:
    quiz, once, free = limited(cast)
    client = Client() if who == "visitor" else signed_in(cast.learner)
    form = {"block": [once, free], f"q-{once}": "x", f"q-{free}": "key"}
    client.post(answer_url(quiz), form)
    page = client.get(quiz.url).content.decode()
    assert fields_of(page) == [] and "1 of 2 right." in page and "Try again" not in page
    assert "You need 100% right, and no tries are left for that. Ask your hub:" in page
    assert "No tries left." in page
    empty = client.post(answer_url(quiz), {"block": [once, free]})
    assert (empty.status_code, empty["Location"]) == (303, quiz.url)
    alone = client.post(answer_url(quiz), {"block": once, f"q-{once}": "y", f"n-{once}": "2"})
    assert alone.status_code == 422
    assert "You have used all tries for this question." in alone.content.decode()


def test_lesson_complete_says_what_is_left(cast: SimpleNamespace, signed_in: Callable) -> None:
    quiz = quiz_of(cast)
    for client in (Client(), signed_in(cast.learner)):
        response = client.post(f"/learn/lessons/{quiz.uuid}/done/")
        assert response.status_code == 422
        assert "2 questions are still open; you need 60% right." in response.content.decode()


def test_enrol_leads_to_the_first_lesson_for_everybody(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    url = f"/learn/courses/{cast.course.key}/start/"
    lesson = packs_of(cast.course)[0].url
    assert visitor().post(url, **SAME_SITE)["Location"] == lesson
    client = signed_in(cast.learner)
    assert client.post(url)["Location"] == lesson
    assert Enrolment.objects.filter(member=cast.learner).count() == 1


def test_a_course_that_asks_for_another_first_is_locked(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    course = make_course(cast.hub, "second", ("read",))
    page = page_of(course)
    page.befores.add(CourseBefore(course=cast.course, is_required=True))
    page.save_revision().publish()
    version.bump()
    url = f"/learn/courses/{course.key}/start/"
    for client in (Client(), signed_in(cast.learner)):
        response = client.post(url)
        assert response.status_code == 422
        assert "Finish this course first: Basics." in response.content.decode()
    assert not Enrolment.objects.filter(course=course).exists()


def test_steps_that_could_not_be_kept_are_not_promised(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    course = make_course(cast.hub, "second", ("read", "questions", "task"))
    page = page_of(course)
    page.befores.add(CourseBefore(course=cast.course, is_required=True))
    page.save_revision().publish()
    version.bump()
    read, quiz, task = packs_of(course)
    words = block_of(quiz, "second", "second")
    for client in (Client(), signed_in(cast.learner)):
        for pack in (read, quiz, task):
            html = client.get(pack.url).content.decode()
            assert "Finish this course first: Basics. You can read the lessons already." in html
            for promise in ("Done, continue", "Check my answer", "Hand it in", 'id="left"'):
                assert promise not in html
        done = client.post(f"/learn/lessons/{read.uuid}/done/")
        answered = client.post(answer_url(quiz), {"block": words, f"q-{words}": "Browser"})
        for response in (done, answered):
            assert response.status_code == 422
            assert "Finish this course first: Basics." in response.content.decode()
    assert not Enrolment.objects.filter(course=course).exists()
    assert "Done, continue" in Client().get(packs_of(cast.course)[0].url).content.decode()


def test_a_course_for_members_asks_a_visitor_to_sign_in(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    course = make_course(cast.hub, "closed", ("read",), access="members")
    lesson = packs_of(course)[0]
    for path in (lesson.url,):
        assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"
    assert Client().post(f"/learn/lessons/{lesson.uuid}/done/").status_code == 302
    page = Client().get(page_of(course).url).content.decode()
    assert "for members" in page and "Start the course" not in page
    assert signed_in(cast.learner).get(lesson.url).status_code == 200


def test_hand_in_works_and_is_refused_with_the_words_kept(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    task = packs_of(cast.course)[2]
    url, block = f"/learn/lessons/{task.uuid}/hand-in/", block_of(task, "do-it")
    data = {"block": block, "words": "My own words", f"n-{block}": "1"}
    refused = Client().post(url, data)
    page = refused.content.decode()
    assert refused.status_code == 422 and "My own words" in page
    assert f'href="/accounts/signup/?next={task.url}"' in page
    client = signed_in(cast.learner)
    assert client.post(url, {**data, "words": " "}).status_code == 422
    assert client.post(url, data)["Location"] == f"{task.url}#task-{block}"
    assert HandIn.objects.get().words == "My own words"
    assert "My own words" in client.get(task.url).content.decode()


def test_photo_is_re_encoded_and_seen_by_its_owner_and_staff_only(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    course = make_course(cast.hub, "asking", (ASKING.replace("{ask}", "photo"),))
    task = packs_of(course)[0]
    url, block = f"/learn/lessons/{task.uuid}/hand-in/", next(iter(task.tasks))
    client = signed_in(cast.learner)
    for wrong in (b"no picture", b"\xff\xd8\xff" + b"0" * 100):
        photo = SimpleUploadedFile("a.jpg", wrong, "image/jpeg")
        assert client.post(url, {"block": block, "photo": photo}).status_code == 422
    photo = SimpleUploadedFile("../../evil.php", small_photo(), "text/html")
    assert client.post(url, {"block": block, "photo": photo}).status_code == 303
    row = HandIn.objects.get()
    assert row.photo.name.startswith("hand-ins/") and row.photo.name.endswith(".jpg")
    path = f"/learn/photos/{row.pk}/"
    seen = {
        name: signed_in(getattr(cast, name)).get(path).status_code
        for name in ("learner", "coordinator", "neighbour", "other_coordinator", "outsider")
    }
    assert seen == {
        "learner": 200,
        "coordinator": 200,
        "neighbour": 404,
        "other_coordinator": 404,
        "outsider": 404,
    }
    assert Client().get(path).status_code == 302


def test_ask_works_and_keeps_the_words_of_a_visitor(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    lesson = packs_of(cast.course)[0]
    url = f"/learn/lessons/{lesson.uuid}/ask/"
    refused = Client().post(url, {"words": "Why is that so?"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "Why is that so?" in page
    assert f'href="/accounts/signup/?next={lesson.url}"' in page
    assert f'href="/accounts/login/?next={lesson.url}"' in page
    client = signed_in(cast.learner)
    response = client.post(url, {"words": "Why is that so?"})
    assert response["Location"] == f"{lesson.url}#ask-{Ask.objects.get().pk}"
    assert "Why is that so?" not in signed_in(cast.neighbour).get(lesson.url).content.decode()


def test_what_a_visitor_could_not_send_waits_in_the_lesson(cast: SimpleNamespace) -> None:
    task = packs_of(cast.course)[2]
    block = block_of(task, "do-it")
    client, ask = Client(), f"/learn/lessons/{task.uuid}/ask/"
    hand_in = f"/learn/lessons/{task.uuid}/hand-in/"
    client.post(hand_in, {"block": block, "words": "My <own> words", f"n-{block}": "1"})
    client.post(hand_in, {"block": "made-up", "words": "Nowhere", "n-made-up": "1"})
    client.post(ask, {"words": "A first thought"})
    client.post(ask, {"words": "Why is that so?"})
    signup = {"name": "New Person", "username": "newperson", "password1": "three small boats"}
    assert client.post(f"/accounts/signup/?next={task.url}", signup)["Location"] == task.url
    page = client.get(task.url).content.decode()
    assert ">My &lt;own&gt; words</textarea>" in page and ">Why is that so?</textarea>" in page
    assert "A first thought" not in page and "Nowhere" not in str(dict(client.session))
    assert "My &lt;own&gt;" not in client.get(packs_of(cast.course)[0].url).content.decode()
    assert client.post(ask, {"words": "Why is that so?"}).status_code == 303
    page = client.get(task.url).content.decode()
    assert ">My &lt;own&gt; words</textarea>" in page and ">Why is that so?</textarea>" not in page
    sent = {"block": block, "words": "My <own> words", f"n-{block}": "1"}
    assert client.post(hand_in, sent).status_code == 303
    assert client.session["drafts"] == {}


def test_only_the_last_unsent_words_are_kept(cast: SimpleNamespace) -> None:
    client = Client()
    for pack in [*packs_of(cast.course), *packs_of(make_course(cast.hub, "more", ("read",) * 2))]:
        client.post(f"/learn/lessons/{pack.uuid}/ask/", {"words": f"About {pack.title}" * 2000})
    kept = client.session["drafts"]
    assert len(kept) == 3 and max(map(len, kept.values())) == 20_000


def test_an_answer_from_the_hub_stands_on_the_lesson(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    lesson = packs_of(cast.course)[0]
    actions.enrol(member=cast.learner, course=cast.course)
    ask = actions.ask_about_lesson(member=cast.learner, lesson=lesson, words="Why?")
    actions.answer_ask(member=cast.coordinator, ask=ask, answer="Because it is.")
    assert "Because it is." in signed_in(cast.learner).get(lesson.url).content.decode()
    assert "Because it is." not in signed_in(cast.neighbour).get(lesson.url).content.decode()


def test_resume_leads_to_the_next_lesson(cast: SimpleNamespace, signed_in: Callable) -> None:
    read, quiz, _task = packs_of(cast.course)
    client = signed_in(cast.learner)
    assert client.get("/learn/resume/")["Location"] == "/me/"
    client.post(f"/learn/lessons/{read.uuid}/done/")
    assert client.get("/learn/resume/")["Location"] == quiz.url
    assert Client().get("/learn/resume/").status_code == 302


def test_resume_never_leads_back_to_itself(cast: SimpleNamespace, signed_in: Callable) -> None:
    """A course that is no longer there: another one, or my learning without the bar."""
    other = make_course(cast.hub, "other", ("read", "read"))
    client = signed_in(cast.learner)
    for course in (other, cast.course):
        client.post(f"/learn/lessons/{packs_of(course)[0].uuid}/done/")
    page_of(cast.course).unpublish()
    version.bump()
    following = packs_of(other)[1]
    assert client.get("/learn/resume/")["Location"] == following.url
    assert f">{following.title}</b>" in client.get("/").content.decode()
    page_of(other).unpublish()
    version.bump()
    assert client.get("/learn/resume/")["Location"] == "/me/"
    page = client.get("/me/").content.decode()
    assert "is not open at the moment" in page and "/learn/resume/" not in page
    cast.learner.refresh_from_db()
    assert (cast.learner.resume_key, cast.learner.resume_title) == (None, "")


@pytest.mark.parametrize("path", ["answer", "done", "hand-in", "ask"])
def test_unknown_lessons_and_wrong_methods(cast: SimpleNamespace, path: str) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    assert Client().post(f"/learn/lessons/{missing}/{path}/").status_code == 404
    assert Client().get(f"/learn/lessons/{missing}/{path}/").status_code == 404
    lesson = packs_of(cast.course)[0]
    url = f"/learn/lessons/{lesson.uuid}/{path}/"
    for response in (Client().get(url), Client().head(url)):
        assert (response.status_code, response["Location"]) == (302, lesson.url)
    assert Client().put(url).status_code == 405


def test_the_address_of_a_refused_form_leads_to_its_page(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    """So does the switch of the display in the foot of that page."""
    quiz, course = quiz_of(cast), make_course(cast.hub, "locked", ("read",))
    page = page_of(course)
    page.befores.add(CourseBefore(course=cast.course, is_required=True))
    page.save_revision().publish()
    version.bump()
    start = f"/learn/courses/{course.key}/start/"
    for client in (Client(), signed_in(cast.learner)):
        for url, own in ((answer_url(quiz), quiz.url), (start, page.url)):
            refused = client.post(url)
            assert refused.status_code == 422
            assert f'name="next" value="{own}"' in refused.content.decode()
            assert client.get(url)["Location"] == own
        assert f'name="next" value="{quiz.url}"' in client.get(quiz.url).content.decode()
