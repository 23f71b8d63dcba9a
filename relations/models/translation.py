"""Which columns exist in four languages, and the history of the models that have them.

The history of a translated model is registered here, after its translated columns exist, so that it keeps them too.
"""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from .chronicle import Anniversary, Event
from .declaration import Declaration, Initiative
from .indicator import Indicator
from .mechanism import Mechanism
from .person import Person
from .status import Status


@register([Status, Declaration, Initiative, Mechanism, Event, Anniversary, Indicator])
class Titled(TranslationOptions):
    fields = ("title",)


@register(Person)
class Named(TranslationOptions):
    fields = ("name",)


for model in (Status, Declaration, Initiative, Mechanism, Event, Anniversary, Indicator, Person):
    simple_history.register(model, app="relations")
