"""The web toolkit: who may open a page, preferences, fragments, lists, forms from definitions, components, messages.

It knows organisations and accounts (beneath it) and nothing of figures, records or documents (above it): what those
hand to a component is read by its field names only.
"""
