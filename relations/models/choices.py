"""Fixed lists of codes with their words. The codes are those of the dataset; a new one needs a migration of choices only."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verification(models.TextChoices):
    """How well a record is verified; the order is that of trust."""

    OFFICIAL = "official", _("Official")
    MULTIPLE = "multiple", _("Several reports")
    SINGLE = "single", _("One report")
    MEMORY = "memory", _("No source yet")


class State(models.TextChoices):
    """Every party a record can name, and the five together."""

    CN = "CN", _("China")
    KZ = "KZ", _("Kazakhstan")
    KG = "KG", _("Kyrgyzstan")
    TJ = "TJ", _("Tajikistan")
    TM = "TM", _("Turkmenistan")
    UZ = "UZ", _("Uzbekistan")
    AF = "AF", _("Afghanistan")
    PK = "PK", _("Pakistan")


class Side(models.TextChoices):
    """Who states a provision."""

    BOTH = "both", _("Both sides")
    ALL = "all", _("All parties")
    C5 = "C5", _("The five Central Asian states")
    CN = "CN", _("China")
    KZ = "KZ", _("Kazakhstan")
    KG = "KG", _("Kyrgyzstan")
    TJ = "TJ", _("Tajikistan")
    TM = "TM", _("Turkmenistan")
    UZ = "UZ", _("Uzbekistan")
    AF = "AF", _("Afghanistan")
    PK = "PK", _("Pakistan")


class DyadCode(models.TextChoices):
    KZ = "CN-KZ", _("China–Kazakhstan")
    KG = "CN-KG", _("China–Kyrgyzstan")
    TJ = "CN-TJ", _("China–Tajikistan")
    TM = "CN-TM", _("China–Turkmenistan")
    UZ = "CN-UZ", _("China–Uzbekistan")
    C5 = "CN-C5", _("China–Central Asia")


class Level(models.TextChoices):
    """Rungs of the ladder, then the two aims beside it (`reference.ladder`)."""

    RECOGNITION = "recognition", _("Recognition")
    DIPLOMATIC_RELATIONS = "diplomatic_relations", _("Diplomatic relations")
    FRIENDLY_COOPERATION = "friendly_cooperation", _("Friendly cooperation")
    GOOD_NEIGHBOURLY_PARTNERSHIP = "good_neighbourly_partnership", _("Good-neighbourly partnership")
    STRATEGIC_PARTNERSHIP = "strategic_partnership", _("Strategic partnership")
    COMPREHENSIVE = "comprehensive_strategic_partnership", _("Comprehensive strategic partnership")
    NEW_ERA = "comprehensive_strategic_partnership_new_era", _("Comprehensive strategic partnership for a new era")
    PERMANENT = "permanent_comprehensive_strategic_partnership", _("Permanent comprehensive strategic partnership")
    ALL_WEATHER = "all_weather_comprehensive_strategic_partnership", _("All-weather comprehensive strategic partnership")
    SHARED_FUTURE = "community_shared_future", _("Community with a shared future")
    PERMANENT_GOOD_NEIGHBOURLINESS = "permanent_good_neighbourliness", _("Permanent good-neighbourliness")


class DeclarationKind(models.TextChoices):
    JOINT_DECLARATION = "joint_declaration", _("Joint declaration")
    JOINT_STATEMENT = "joint_statement", _("Joint statement")
    JOINT_COMMUNIQUE = "joint_communique", _("Joint communiqué")
    PRESS_COMMUNIQUE = "press_communique", _("Press communiqué")
    TREATY = "treaty", _("Treaty")
    AGREEMENT = "agreement", _("Agreement")
    MEMORANDUM = "memorandum", _("Memorandum")
    PLAN = "plan", _("Plan")


class DeclarationLevel(models.TextChoices):
    HEAD_OF_STATE = "head_of_state", _("Heads of state")
    HEAD_OF_GOVERNMENT = "head_of_government", _("Heads of government")
    MINISTER = "minister", _("Ministers")
    OTHER = "other", pgettext_lazy("level of a document", "Other level")


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class MechanismKind(models.TextChoices):
    HEAD_OF_STATE_DIPLOMACY = "head_of_state_diplomacy", _("Head-of-state diplomacy")
    SUMMIT = "summit", _("Summit")
    PRIME_MINISTERS = "prime_ministers", _("Prime ministers’ meeting")
    COMMITTEE = "committee", _("Cooperation committee")
    SUBCOMMITTEE = "subcommittee", _("Sub-committee")
    FOREIGN_MINISTERS = "foreign_ministers", _("Foreign ministers’ meeting")
    STRATEGIC_DIALOGUE = "strategic_dialogue", _("Strategic dialogue")
    POLITICAL_CONSULTATIONS = "political_consultations", _("Political consultations")
    MINISTERIAL = "ministerial", _("Ministerial meeting")
    SECRETARIAT = "secretariat", _("Secretariat")
    WORKING_GROUP = "working_group", _("Working group")
    BUSINESS_COUNCIL = "business_council", _("Business council")
    PARLIAMENTARY = "parliamentary", _("Parliamentary exchange")
    PARTY_DIALOGUE = "party_dialogue", _("Party dialogue")
    COOPERATION_CENTER = "cooperation_center", _("Cooperation centre")
    FORUM = "forum", _("Forum")
    OTHER = "other", pgettext_lazy("kind of mechanism", "Other mechanism")


class MechanismStatus(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("mechanism", "Active")
    DORMANT = "dormant", pgettext_lazy("mechanism", "Dormant")
    ENDED = "ended", pgettext_lazy("mechanism", "Ended")


class SessionFormat(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class VisitKind(models.TextChoices):
    STATE = "state", _("State visit")
    OFFICIAL = "official", _("Official visit")
    WORKING = "working", _("Working visit")
    FOR_MULTILATERAL_EVENT = "for_multilateral_event", _("For a multilateral event")
    OTHER = "other", pgettext_lazy("kind of visit", "Other visit")


class EventKind(models.TextChoices):
    BORDER_AGREEMENT = "border_agreement", _("Border agreement")
    ENERGY = "energy", _("Energy")
    TRANSPORT = "transport", _("Transport")
    TRADE = "trade", _("Trade")
    INVESTMENT = "investment", _("Investment")
    SECURITY = "security", _("Security")
    CRISIS = "crisis", _("Crisis")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    CULTURE = "culture", _("Culture")
    VISA = "visa", _("Visas")
    SANCTION = "sanction", _("Sanction")
    PROTEST = "protest", _("Protest")
    LOAN = "loan", _("Loan")
    OTHER = "other", pgettext_lazy("kind of event", "Other event")


class Topic(models.TextChoices):
    """What a provision is about; the short names of the page, the lexicon has the long ones."""

    RELATIONS = "relations", _("Relations")
    TAIWAN = "taiwan", _("Taiwan")
    SOVEREIGNTY = "sovereignty", _("Sovereignty")
    DEVELOPMENT_PATH = "development_path", _("Development path")
    SUMMITRY = "summitry", _("Summit diplomacy")
    MECHANISMS = "mechanisms", _("Mechanisms")
    BELT_AND_ROAD = "belt_and_road", _("Belt and Road")
    TRADE = "trade", _("Trade")
    INVESTMENT = "investment", _("Investment")
    ENERGY = "energy", _("Energy")
    TRANSPORT = "transport", _("Transport")
    AGRICULTURE = "agriculture", _("Agriculture")
    WATER = "water", _("Water")
    ENVIRONMENT = "environment", _("Environment")
    SECURITY = "security", _("Security")
    COUNTER_TERRORISM = "counter_terrorism", _("Counter-terrorism")
    DEFENCE = "defence", _("Defence")
    BORDERS = "borders", _("Borders")
    CULTURE = "culture", _("Culture")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    SCIENCE_TECH = "science_tech", _("Science and technology")
    DIGITAL = "digital", _("Digital")
    SPACE = "space", pgettext_lazy("topic", "Outer space")
    TOURISM = "tourism", _("Tourism")
    MEDIA = "media", _("Media")
    LOCAL_COOPERATION = "local_cooperation", _("Local cooperation")
    MULTILATERAL = "multilateral", _("Multilateral bodies")
    GLOBAL_GOVERNANCE = "global_governance", _("Global governance")
    AFGHANISTAN = "afghanistan", _("Afghanistan")
    HUMAN_RIGHTS = "human_rights", _("Human rights")
    OTHER = "other", pgettext_lazy("topic", "Other topics")


class Qualifier(models.TextChoices):
    """How a source words a figure."""

    EXACT = "exact", pgettext_lazy("figure", "exact")
    APPROX = "approx", pgettext_lazy("figure", "about")
    MORE_THAN = "more_than", pgettext_lazy("figure", "more than")
    LESS_THAN = "less_than", pgettext_lazy("figure", "less than")


class OutletKind(models.TextChoices):
    INDEPENDENT = "independent", _("Independent")
    STATE_AGENCY = "state_agency", _("State agency")
    BROADCASTER = "broadcaster", _("Broadcaster")
    NEWSPAPER = "newspaper", _("Newspaper")
    THINK_TANK = "think_tank", _("Think tank")
    GOVERNMENT = "government", _("Government")


class FeedConfidence(models.TextChoices):
    """What is known of a feed's address before anybody tried it here."""

    CHECKED = "checked", _("Checked")
    LISTED = "listed", _("Listed")
    UNVERIFIED = "unverified", _("Unverified")


class FeedFormat(models.TextChoices):
    RSS = "rss", "RSS"
    ATOM = "atom", "Atom"
    JSON = "json", "JSON Feed"


class FetchOutcome(models.TextChoices):
    """How an attempt to fetch a feed ended."""

    STORED = "stored", _("Stored")
    NOT_MODIFIED = "not_modified", _("Not modified")
    ASKED_TO_WAIT = "asked_to_wait", _("Asked to wait")
    FAILED = "failed", _("Failed")


class FullText(models.TextChoices):
    """How much of an article's own page is read and kept, an outlet's choice."""

    OFF = "off", pgettext_lazy("full text", "Off: only what the feed tells")
    EXCERPT = "excerpt", pgettext_lazy("full text", "Excerpt: the machine reads the article, 600 characters are kept")
    WHOLE = "whole", pgettext_lazy("full text", "Whole: official texts, kept as they are")


class ArticleState(models.TextChoices):
    """What came of fetching an article's page."""

    READ = "read", _("Read")
    WAITING = "waiting", pgettext_lazy("article", "Failed, to be tried again")
    FAILED = "failed", pgettext_lazy("article", "Failed for good")


class DateFlag(models.TextChoices):
    """Why an item is not sorted by the date that it tells."""

    FUTURE = "future", pgettext_lazy("date of an item", "In the future")
    TOO_OLD = "too_old", pgettext_lazy("date of an item", "Before the web")
    UNREADABLE = "unreadable", pgettext_lazy("date of an item", "Not a date")


class RuleAction(models.TextChoices):
    """What a rule does with the items that it matches."""

    KEEP = "keep", pgettext_lazy("rule", "Keep")
    BLOCK = "block", pgettext_lazy("rule", "Block")


class CandidateState(models.TextChoices):
    PENDING = "pending", _("Awaiting an editor")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class LinkKind(models.TextChoices):
    """What a news item can be linked to."""

    DYAD = "dyad", _("Dyad")
    MECHANISM = "mechanism", _("Mechanism")
    INITIATIVE = "initiative", _("Initiative")
    REFERENCE = "reference", _("Document")
    PERSON = "person", _("Person")
    DECLARATION = "declaration", _("Declaration")


class LinkState(models.TextChoices):
    READ = "read", pgettext_lazy("of a link", "Read by the machine")
    CONFIRMED = "confirmed", pgettext_lazy("of a link", "Confirmed")
    REJECTED = "rejected", pgettext_lazy("of a link", "Rejected")


class IndexKind(models.TextChoices):
    """Kinds of record that the relationship index tells apart (`reference.impact`)."""

    STATUS_RELATIONS = "status_relations", _("Recognition, diplomatic relations")
    STATUS_RAISED = "status_raised", _("Status raised")
    STATUS_AIM = "status_aim", _("Aim declared beside the ladder")
    TREATY = "treaty", pgettext_lazy("kind of impact", "Treaty")
    AGREEMENT = "agreement", _("Agreement, memorandum or plan")
    DECLARATION_LEADERS = "declaration_leaders", _("Declaration of leaders")
    DECLARATION_OTHER = "declaration_other", _("Declaration of ministers or others")
    VISIT_STATE = "visit_state", pgettext_lazy("kind of impact", "State visit")
    VISIT_LEADER = "visit_leader", _("Official or working visit of a leader")
    VISIT_ASIDE = "visit_aside", _("Visit of a leader for another occasion")
    VISIT_OTHER = "visit_other", _("Visit of a minister or others")
    SESSION_LEADERS = "session_leaders", _("Session of leaders")
    SESSION_MINISTERS = "session_ministers", _("Session of ministers, of a committee")
    SESSION_OTHER = "session_other", _("Session of others")
    EVENT_BORDER = "event_border", _("Border settlement")
    EVENT_EASING = "event_easing", _("Easier travel")
    EVENT_WORKS = "event_works", _("Energy or transport project")
    EVENT_ECONOMY = "event_economy", _("Trade, investment or loan")
    EVENT_SECURITY = "event_security", _("Security cooperation")
    EVENT_SOCIETY = "event_society", _("Culture, education, health and other landmarks")
    FRICTION_PROTEST = "friction_protest", pgettext_lazy("kind of impact", "Protest")
    FRICTION_CRISIS = "friction_crisis", pgettext_lazy("kind of impact", "Crisis")
    FRICTION_SECURITY = "friction_security", _("Friction over security")
    FRICTION_CLOSURE = "friction_closure", _("Closure, cut or delay")
    FRICTION_SANCTION = "friction_sanction", pgettext_lazy("kind of impact", "Sanction")
    FRICTION_OTHER = "friction_other", _("Other friction")
