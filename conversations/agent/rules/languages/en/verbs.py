"""English verbs that begin a task or a command, in the form people give orders in."""

from __future__ import annotations

from conversations.agent.rules.language import words

VERBS = words(
    """
    accept activate adjust agree air analyse analyze answer apologise apologize apply approve
    arrange ask assemble assign attend back bake bathe bill boil book borrow bring brush build buy
    calculate call cancel carry cash celebrate change charge chat check choose clean clear climb
    close collect comb compare complete confirm congratulate contact cook copy cut deal declutter
    defrost deliver deposit descale design discuss disinfect do donate download draft draw drink
    drive drop dry dust eat edit email e-mail empty end exchange exercise expense explain export
    extend face fax feed fetch file fill finalise finalize find finish fix flip fold follow
    follow-up forward freeze frost gather get give go grab grease greet grill groom harvest have
    hang heat hire hoover host install interview invite invoice iron join jog keep knit label launch
    lay lead learn leave lend load lock look lubricate mail make marinate measure meditate meet mend
    mop mow narrow negotiate notify oil open order organise organize pack paint park paste pay peel
    phone photocopy pick ping plan plant play plug polish post practice practise pray prepare
    preheat print proofread prune publish purchase put read rearrange rebook recharge recycle redeem
    refill refuel refund register rehearse renew rent repair repay replace reply report request
    research reserve respond rest return review revise ride ring rinse roast rotate run save scan
    schedule scrub see sell send serve service sew share sharpen shave shop shovel show sign skype
    soak solve sort speak start stock stop stretch study submit subscribe sweep swim switch take
    talk taste tell test text thank throw tidy transfer translate trim turn tweet type unclog unload
    unlock unpack unplug unsubscribe update upgrade upload use vacuum verify video visit vote wake
    walk wash watch water wax wear weed weigh whatsapp wipe withdraw work wrap write
    babysit breathe collate compile compose congratulate consult contribute coordinate cull debug decorate
    delegate deploy dig dilute dispose distribute drain enrol enroll escort evaluate examine fasten fertilise
    fertilize flush fry grate grind hide hydrate inflate inform inspect insulate insure investigate march
    refit repaint replant repot reseal restock sow sterilise sterilize stir stitch summarise summarize
    supervise teach thaw tighten tune unblock uninstall untangle unwrap varnish whisk winterise winterize
    """
)
# words that begin a command to the assistant rather than a task
COMMAND_VERBS = words(
    """
    add append create delete erase mark move postpone push put remind remove rename reopen
    reschedule set shift snooze tag trash uncheck undo tick list show wake alert make change update
    cancel complete
    """
)
# verbs of going: what follows "and" is the purpose ("go home and rest")
MEANS = words(
    """
    go come run try drive walk head stop sit stay hurry wait be
    """
)
# after these a word that may be a verb stands as a noun ("milk, water and bread")
CONNECTORS = words(
    """
    and or from for at on in to of with by is are was were tomorrow today tonight list please list
    """
)
PRONOUNS = frozenset(
    [
        "it",
        "that",
        "this",
        "them",
        "these",
        "those",
        "that one",
        "this one",
        "that task",
        "this task",
        "the last one",
        "last one",
        "last task",
        "that reminder",
        "this reminder",
        "that item",
        "this item",
        "the one",
    ]
)
